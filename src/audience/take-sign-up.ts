import type { Context } from '../context.js'
import { sendSubscriberMailJob } from './mails/send-subscriber-mail-job.js'
import { sendConfirmationJob } from './send-confirmation-job.js'
import { type SignUpMails, signUp } from './sign-up.js'
import type { TakeSignUpPayload } from './take-sign-up-job.js'

/** Does what a kept sign-up asks for and forgets it; one that is gone was done before. */
export async function takeSignUp(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  { signUpId }: TakeSignUpPayload,
): Promise<void> {
  const mails = await db.transaction().execute(async (tx) => {
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
  if (mails) await enqueueMails(queues, mails)
}

/** Hands on what a sign-up has to have mailed, once it is committed. */
export async function enqueueMails(
  queues: Context['queues'],
  { confirmationId, mailId }: SignUpMails,
): Promise<void> {
  if (confirmationId) await queues.enqueue(sendConfirmationJob, { confirmationId })
  if (mailId) await queues.enqueue(sendSubscriberMailJob, { mailId })
}
