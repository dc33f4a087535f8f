import { setTimeout as delay } from 'node:timers/promises'
import { type Job as BullJob, UnrecoverableError, WaitingError, type Worker } from 'bullmq'
import { ZodError } from 'zod'
import { DomainError } from '../errors.js'
import type { Log } from '../log.js'
import { openBackEnd, type QueueStore } from './back-end.js'
import { HandedBackError, type JobHandler, QUEUE_NAMES, type QueueName, type RunningWorkers } from './job.js'

/** Jobs of a queue that one process works on at once. */
const CONCURRENCY: Record<QueueName, number> = { clock: 1, delivery: 4, feeds: 2, mail: 4 }

// Nothing depends on it: what the queue does not hear of, the sweep finds in PostgreSQL.
const TELL_QUEUE_MS = 3000

/**
 * Starts one worker per queue and dispatches by job name. A payload of the wrong shape and the domain's own refusals are
 * not retried, everything else is; a job that is handed back waits for the next worker. `close` waits for the verbs that run, and a
 * moment for a queue store that has gone away.
 */
export async function startWorkers(
  { log, ...store }: QueueStore & { log: Log },
  handlers: readonly JobHandler[],
): Promise<RunningWorkers> {
  const backEnd = openBackEnd(store)
  const workers: Worker[] = []
  const running = new Set<Promise<void>>()
  for (const name of QUEUE_NAMES) {
    const own = new Map(handlers.filter((entry) => entry.queue === name).map((entry) => [entry.name, entry]))
    const worker = backEnd.worker(
      name,
      (job, token) => runJob(job, { token, handlers: own, running, log }),
      CONCURRENCY[name],
    )
    worker.on('error', (error) =>
      log.warn({ queue: name, reason: error.message }, 'a worker lost its queue store'),
    )
    workers.push(worker)
    await worker.waitUntilReady()
    worker
      .run()
      .catch((error: Error) => log.error({ queue: name, reason: error.message }, 'a worker stopped'))
  }
  return {
    close: async () => {
      // Settled, since nobody listens for a refusal while the verbs end.
      const closing = Promise.allSettled(workers.map((worker) => worker.close()))
      while (running.size > 0) await Promise.allSettled(running)
      await Promise.race([closing, delay(TELL_QUEUE_MS, null, { ref: false })])
      await backEnd.close()
    },
  }
}

type Run = {
  token: string | undefined
  handlers: ReadonlyMap<string, JobHandler>
  /** Verbs that run now. */
  running: Set<Promise<void>>
  log: Log
}

async function runJob(job: BullJob, { token, handlers, running, log }: Run): Promise<void> {
  const startedAt = performance.now()
  const about = { job: job.name, id: job.id, attempt: job.attemptsMade + 1 }
  try {
    const found = handlers.get(job.name)
    if (!found) throw new UnrecoverableError(`No handler for the job ${job.name}.`)
    const verb = found.run(job.data)
    running.add(verb)
    await verb.finally(() => running.delete(verb))
    log.debug({ ...about, ms: Math.round(performance.now() - startedAt) }, 'job done')
  } catch (error) {
    if (error instanceof HandedBackError) {
      await job.moveToWait(token)
      throw new WaitingError()
    }
    log.warn({ ...about, reason: error instanceof Error ? error.name : 'unknown' }, 'job failed')
    if (error instanceof DomainError || error instanceof ZodError) throw new UnrecoverableError(error.message)
    throw error
  }
}
