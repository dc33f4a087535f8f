import type { SubscriberMail } from '../../../db/tables/subscriber-mail.js'
import type { Context } from '../../context.js'
import { ExpiredError, NotFoundError } from '../../errors.js'
import { readRowToken } from '../tokens.js'

export type OpenedMail = SubscriberMail & { email: string; ownLanguage: string | null }

/**
 * The mail that a link came with, and to whom; changes nothing. Throws `NotFoundError` for a link that is not ours or whose person is gone, and
 * `ExpiredError` for one that ran out unused.
 */
export async function openMail(
  { db, clock, keys }: Pick<Context, 'db' | 'clock' | 'keys'>,
  purpose: 'download' | 'erase' | 'address' | 'address-notice',
  token: string,
): Promise<OpenedMail> {
  const id = readRowToken(keys, purpose, token)
  const found = id
    ? await db
        .selectFrom('subscriber_mail as mail')
        .innerJoin('subscriber', 'subscriber.id', 'mail.subscriber_id')
        .selectAll('mail')
        .select(['subscriber.email', 'subscriber.language as ownLanguage'])
        .where('mail.id', '=', id)
        .where('mail.kind', '=', purpose)
        .executeTakeFirst()
    : undefined
  if (!found) throw new NotFoundError('This link is not one of ours.')
  if (!found.used_at && found.expires_at <= clock.now()) throw new ExpiredError('This link has run out.')
  return found
}
