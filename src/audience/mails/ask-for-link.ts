import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { presentSubscriberId } from '../present-subscriber.js'
import { noteAskedMail } from './note-mail.js'
import { sendSubscriberMailJob } from './send-subscriber-mail-job.js'

// Time for whoever reads the old mailbox to take a change back that was not theirs.
const WAIT_AFTER_MOVE_DAYS = 3

/** From when on links to somebody's data are mailed to an address that is new; null: they are mailed now. */
export function linksWaitUntil(linksSince: Date | null, now: Date): Date | null {
  if (!linksSince) return null
  const until = new Date(linksSince.getTime() + WAIT_AFTER_MOVE_DAYS * 24 * 3_600_000)
  return until > now ? until : null
}

/**
 * Mails somebody a link of their own, for only who reads the mailbox may see or erase what is kept of it; whoever asks again at once gets the same
 * answer and no second mail. Nothing is mailed, and `isWaiting`, in the first days at a new address. Throws `NotFoundError`.
 */
export async function askForLink(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  asked: { subscriberId: string; kind: 'download' | 'erase'; language: string },
): Promise<{ isWaiting: boolean }> {
  const now = clock.now()
  const { mailId, isWaiting } = await db.transaction().execute(async (tx) => {
    const person = await tx
      .selectFrom('subscriber')
      .select(['id', 'links_since'])
      .where('id', '=', await presentSubscriberId(tx, asked.subscriberId))
      .forUpdate()
      .executeTakeFirst()
    if (!person) throw new NotFoundError('This link is not one of ours.')
    if (linksWaitUntil(person.links_since, now)) return { mailId: null, isWaiting: true }
    const { kind, language } = asked
    const noted = await noteAskedMail(tx, { keys, now }, { subscriber_id: person.id, kind, language })
    return { mailId: noted, isWaiting: false }
  })
  if (mailId) await queues.enqueue(sendSubscriberMailJob, { mailId })
  return { isWaiting }
}
