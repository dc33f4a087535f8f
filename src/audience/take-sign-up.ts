import type { Context } from '../context.js'
import { sendConfirmationJob } from './send-confirmation-job.js'
import { signUp } from './sign-up.js'
import type { TakeSignUpPayload } from './take-sign-up-job.js'

/** Does what a kept sign-up asks for and forgets it; one that is gone was done before. */
export async function takeSignUp(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  { signUpId }: TakeSignUpPayload,
): Promise<void> {
  const confirmationId = await db.transaction().execute(async (tx) => {
    const kept = await tx.deleteFrom('sign_up').where('id', '=', signUpId).returningAll().executeTakeFirst()
    if (!kept) return null
    return signUp(
      tx,
      { keys, now: clock.now() },
      {
        email: kept.email,
        listIds: kept.list_ids,
        fields: kept.fields,
        form: { id: kept.form_id, version: kept.form_version },
        readerLanguage: kept.reader_language,
        consentText: kept.consent_text,
        language: kept.language,
      },
    )
  })
  if (confirmationId) await queues.enqueue(sendConfirmationJob, { confirmationId })
}
