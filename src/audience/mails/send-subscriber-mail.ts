import type { SubscriberMail } from '../../../db/tables/subscriber-mail.js'
import { ConflictError, NotFoundError } from '../../errors.js'
import { languageFor } from '../../rendering/messages/language.js'
import { onlyKey } from '../../secrets.js'
import { isSuppressed } from '../suppress-address.js'
import { mailLink } from './mail-link.js'
import { type PostNeeds, postNotice } from './post-notice.js'
import { writeNotice } from './write-notice.js'

type Due = SubscriberMail & {
  email: string
  emailKey: string
  ownLanguage: string | null
}

/**
 * Mails one noted mail; what was sent, has been overtaken or has run out is left alone. Throws `NotFoundError`, `ConflictError` when the
 * signing key is gone, and an `Error` to try again later.
 */
export async function sendSubscriberMail(ctx: PostNeeds, { mailId }: { mailId: string }): Promise<void> {
  const now = ctx.clock.now()
  const mail = await dueMail(ctx, mailId)
  if (mail.sent_at || mail.used_at || mail.expires_at <= now) return
  if (isAboutLists(mail) && (await isSuppressed(ctx, mail.emailKey)))
    return note(ctx, mail, { expires_at: now })
  const ring = onlyKey(ctx.keys, mail.key_id)
  if (!ring) throw new ConflictError('The key that signed this mail has been retired.')
  const lists = await listsOf(ctx, mail)
  const link =
    mail.kind === 'goodbye' && !lists.some(({ is_public }) => is_public)
      ? null
      : mailLink(ring, ctx.config.publicUrl, mail)
  const { outcome } = await postNotice(ctx, {
    to: mail.address ?? mail.email,
    id: `${mail.kind}.${mail.id}`,
    write: (organisation) =>
      writeNotice({
        kind: mail.kind,
        language: languageFor(mail.ownLanguage, mail.language),
        organisation,
        lists: lists.map(({ name }) => name),
        link,
        email: mail.email,
      }),
  })
  if (outcome.kind === 'deferred' || outcome.kind === 'unavailable')
    throw new Error(`The mail could not be sent yet (${outcome.reply.stage}, ${outcome.reply.code}).`)
  // A mailbox that refuses today refuses tomorrow.
  await note(ctx, mail, { sent_at: now })
}

async function dueMail({ db }: PostNeeds, id: string): Promise<Due> {
  const found = await db
    .selectFrom('subscriber_mail as mail')
    .innerJoin('subscriber', 'subscriber.id', 'mail.subscriber_id')
    .selectAll('mail')
    .select(['subscriber.email', 'subscriber.email_key as emailKey', 'subscriber.language as ownLanguage'])
    .where('mail.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such mail.')
  return found
}

function isAboutLists({ kind }: SubscriberMail): boolean {
  return kind === 'welcome' || kind === 'goodbye'
}

async function listsOf({ db }: PostNeeds, { list_ids }: SubscriberMail) {
  if (list_ids.length === 0) return []
  return db
    .selectFrom('list')
    .select(['name', 'is_public'])
    .where('id', 'in', list_ids)
    .orderBy('name')
    .execute()
}

async function note(
  { db }: PostNeeds,
  { id }: SubscriberMail,
  change: { sent_at: Date } | { expires_at: Date },
): Promise<void> {
  await db
    .updateTable('subscriber_mail')
    .set(change)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()
}
