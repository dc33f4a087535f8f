import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import type { ReadSignUp } from './forms/read-sign-up.js'
import { takeSignUpJob } from './take-sign-up-job.js'

export type KeptSignUp = ReadSignUp & {
  form: { id: string; version: number }
  /** In which they want to read; null: unknown. */
  readerLanguage: string | null
  /** As it was shown. */
  consentText: string
  /** The language of the consent text. */
  language: string
}

/**
 * Keeps a sign-up for a job and knows nothing of who signs up: the same two steps for an address that is new, waiting, confirmed or
 * suppressed, so that neither the answer nor its time tells them apart.
 */
export async function keepSignUp(
  { db, clock, queues }: Pick<Context, 'db' | 'clock' | 'queues'>,
  { address, listIds, fields, form, readerLanguage, consentText, language }: KeptSignUp,
): Promise<void> {
  const now = clock.now()
  const id = newId(now)
  await db
    .insertInto('sign_up')
    .values({
      id,
      form_id: form.id,
      form_version: form.version,
      email: address.email,
      list_ids: listIds,
      fields: JSON.stringify(fields),
      reader_language: readerLanguage,
      consent_text: consentText,
      language,
      created_at: now,
    })
    .execute()
  await queues.enqueue(takeSignUpJob, { signUpId: id })
}
