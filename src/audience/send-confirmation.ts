import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Organisation } from '../../db/tables/organisation.js'
import type { Context } from '../context.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { onlyKey } from '../secrets.js'
import type { Mail } from '../smtp/mailer.js'
import { wireAddress } from './address.js'
import { confirmationToken } from './confirmation-token.js'
import type { SendConfirmationPayload } from './send-confirmation-job.js'

/** Words of the mail that asks for confirmation, by name: LINK, LISTS, HOURS, ORGANISATION, ADDRESS, FUNDING. */
export type ConfirmationWords = Readonly<Record<string, string>>
export type CompileEmail = (
  name: 'confirm',
  words: ConfirmationWords,
) => Promise<{ subject: string; html: string; text: string }>

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'keys' | 'mailer'> & { compileEmail: CompileEmail }
type Asked = Confirmation & { email: string }

/**
 * Mails one confirmation link; a repeat carries the same link and Message-ID, and one that is sent, used or expired is left alone.
 * Throws `NotFoundError`, `ConflictError` when the signing key is gone, and an `Error` to try again later.
 */
export async function sendConfirmation(
  ctx: Needs,
  { confirmationId }: SendConfirmationPayload,
): Promise<void> {
  const now = ctx.clock.now()
  const asked = await askedConfirmation(ctx, confirmationId)
  if (asked.sent_at || asked.used_at || asked.expires_at <= now) return
  const mail = await composeMail(ctx, asked)
  const outcome = await ctx.mailer.send(mail)
  switch (outcome.kind) {
    case 'accepted':
    case 'unknown':
      return noteConfirmation(ctx, asked.id, { mail_message_id: mail.messageId, sent_at: now })
    case 'rejected':
      // The address does not take mail; an open row would be tried for ever.
      return noteConfirmation(ctx, asked.id, { expires_at: now })
    case 'deferred':
    case 'unavailable':
      throw new Error(
        `The confirmation could not be sent yet (${outcome.reply.stage}, ${outcome.reply.code}).`,
      )
  }
}

async function askedConfirmation({ db }: Needs, id: string): Promise<Asked> {
  const found = await db
    .selectFrom('confirmation')
    .innerJoin('subscriber', 'subscriber.id', 'confirmation.subscriber_id')
    .selectAll('confirmation')
    .select('subscriber.email')
    .where('confirmation.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such confirmation.')
  return found
}

async function composeMail(ctx: Needs, asked: Asked): Promise<Mail> {
  const ring = onlyKey(ctx.keys, asked.key_id)
  if (!ring) throw new ConflictError('The key that signed this confirmation has been retired.')
  const sender = await ctx.db.selectFrom('organisation').selectAll().where('id', '=', 1).executeTakeFirst()
  if (!sender?.from_email) throw new Error('Nobody has set a sender address yet.')
  const link = `${ctx.config.publicUrl}/confirmations/${confirmationToken(ring, asked.id)}`
  const email = await ctx.compileEmail('confirm', await wordsOf(ctx, { asked, sender, link }))
  const to = wireAddress(asked.email)
  return {
    ...email,
    from: { name: sender.from_name, address: wireAddress(sender.from_email) },
    to: { name: '', address: to },
    messageId: `<confirm.${asked.id}@${wireAddress(sender.from_email).split('@')[1]}>`,
    date: ctx.clock.now(),
    headers: { 'Auto-Submitted': 'auto-generated' },
    envelope: { from: wireAddress(sender.from_email), to },
  }
}

async function wordsOf(
  { db }: Needs,
  { asked, sender, link }: { asked: Asked; sender: Organisation; link: string },
): Promise<ConfirmationWords> {
  const named = await db
    .selectFrom('list')
    .select('name')
    .where('id', 'in', asked.list_ids)
    .orderBy('name')
    .execute()
  return {
    LINK: link,
    LISTS: named.map((list) => list.name).join(', '),
    HOURS: String(Math.round((asked.expires_at.getTime() - asked.created_at.getTime()) / 3_600_000)),
    ORGANISATION: sender.name,
    ADDRESS: sender.address,
    FUNDING: sender.funding_statement,
  }
}

async function noteConfirmation(
  { db }: Needs,
  id: string,
  change: { mail_message_id: string; sent_at: Date } | { expires_at: Date },
): Promise<void> {
  await db.updateTable('confirmation').set(change).where('id', '=', id).where('sent_at', 'is', null).execute()
}
