import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { presentSubscriberId } from '../present-subscriber.js'
import { noteAskedMail } from './note-mail.js'
import { sendSubscriberMailJob } from './send-subscriber-mail-job.js'

/**
 * Mails somebody a link of their own, for only who reads the mailbox may see or erase what is kept of it; whoever asks again at once gets the same
 * answer and no second mail. Throws `NotFoundError`.
 */
export async function askForLink(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  asked: { subscriberId: string; kind: 'download' | 'erase'; language: string },
): Promise<void> {
  const now = clock.now()
  const mailId = await db.transaction().execute(async (tx) => {
    const person = await tx
      .selectFrom('subscriber')
      .select('id')
      .where('id', '=', await presentSubscriberId(tx, asked.subscriberId))
      .forUpdate()
      .executeTakeFirst()
    if (!person) throw new NotFoundError('This link is not one of ours.')
    const { kind, language } = asked
    return noteAskedMail(tx, { keys, now }, { subscriber_id: person.id, kind, language })
  })
  if (mailId) await queues.enqueue(sendSubscriberMailJob, { mailId })
}
