import type { Context } from '../../context.js'
import { compileNotice, type Notice } from '../../rendering/notice.js'
import type { Outcome } from '../../smtp/mailer.js'
import { wireAddress } from '../address.js'

export type PostNeeds = Pick<Context, 'db' | 'clock' | 'config' | 'keys' | 'mailer'>

/**
 * Mails a notice to one address, which is written by its sender's name; `id` makes the Message-ID, which a repeat keeps.
 * Throws an `Error` while nobody has set a sender address.
 */
export async function postNotice(
  ctx: PostNeeds,
  { to, id, write }: { to: string; id: string; write(organisation: string): Notice },
): Promise<{ outcome: Outcome; messageId: string }> {
  const sender = await ctx.db.selectFrom('organisation').selectAll().where('id', '=', 1).executeTakeFirst()
  if (!sender?.from_email) throw new Error('Nobody has set a sender address yet.')
  const from = { name: sender.from_name, address: wireAddress(sender.from_email) }
  const messageId = `<${id}@${from.address.split('@')[1]}>`
  const outcome = await ctx.mailer.send({
    ...(await compileNotice(write(sender.name), sender)),
    from,
    ...(sender.reply_to ? { replyTo: { ...from, address: wireAddress(sender.reply_to) } } : {}),
    to: { name: '', address: wireAddress(to) },
    messageId,
    date: ctx.clock.now(),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    envelope: { from: from.address, to: wireAddress(to) },
  })
  return { outcome, messageId }
}
