import type { OpenContext } from '../src/context.js'
import { openSender } from '../src/delivery/sender.js'
import type { RunningWorkers } from '../src/queues/job.js'
import { startWorkers } from '../src/queues/start-workers.js'
import { jobHandlers } from './handlers.js'
import { keepSchedule } from './schedule.js'

const REMIND_MS = 30_000
/** How long a mail server may take to answer for what is on the wire when the process is told to stop. */
const DRAIN_MS = 20_000
/** How long a database that is away is waited for then. */
const DATABASE_MS = 10_000

/**
 * Starts this process's workers; `close` claims nothing more, waits for what is on the wire, at most `drainMs`, and gives the rest back.
 * What a mail server has not answered for by then is settled as what it is: in doubt, or not sent. A database that is away is
 * waited for ten seconds at most: its leases run out.
 */
export async function startAllWorkers(
  ctx: OpenContext,
  { drainMs = DRAIN_MS } = {},
): Promise<RunningWorkers> {
  const stopping = new AbortController()
  const sender = await openSender(ctx)
  const handlers = jobHandlers(ctx, { sender, stopping: stopping.signal })
  const workers = await startWorkers(ctx.store, handlers)
  await keepSchedule(ctx)
  // A flushed queue has forgotten its clock, too.
  const remind = setInterval(() => {
    keepSchedule(ctx).catch((error: Error) => ctx.log.warn({ reason: error.message }, 'the schedule is lost'))
  }, REMIND_MS)
  return {
    close: async () => {
      clearInterval(remind)
      stopping.abort()
      const patience = setTimeout(() => void ctx.mailer.close(), drainMs)
      const databasePatience = setTimeout(() => sender.ledger.stopWaiting(), Math.min(drainMs, DATABASE_MS))
      await workers.close()
      await sender.close()
      clearTimeout(patience)
      clearTimeout(databasePatience)
    },
  }
}
