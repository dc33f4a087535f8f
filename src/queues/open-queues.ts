import type { Queue } from 'bullmq'
import type { Log } from '../log.js'
import { openBackEnd, type QueueStore } from './back-end.js'
import { type Job, QUEUE_NAMES, type QueueName, type Queues } from './job.js'

/** Opens the queues for adding and counting; throws when the store cannot be reached. */
export async function openQueues({ log, ...store }: QueueStore & { log: Log }): Promise<Queues> {
  const backEnd = openBackEnd(store)
  const queues = new Map<QueueName, Queue>()
  for (const name of QUEUE_NAMES) {
    const queue = backEnd.queue(name)
    queue.on('error', (error) =>
      log.warn({ queue: name, reason: error.message }, 'the queue store is in trouble'),
    )
    queues.set(name, queue)
    // One after the other: the first creates BullMQ's tables, the rest find them.
    await queue.waitUntilReady()
  }
  const queueOf = (name: QueueName) => queues.get(name) as Queue
  return {
    backend: backEnd.kind,
    enqueue: (job, payload, options = {}) =>
      enqueue(queueOf(job.queue), { job, payload, delayMs: options.delayMs ?? 0 }),
    keepScheduled: async (job, payload, everyMs) => {
      await queueOf(job.queue).upsertJobScheduler(
        job.name,
        { every: everyMs },
        {
          name: job.name,
          data: job.payload.parse(payload),
          opts: { attempts: 1, removeOnComplete: true, removeOnFail: 50 },
        },
      )
    },
    counts: () => Promise.all(QUEUE_NAMES.map((name) => countsOf(name, queueOf(name)))),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await backEnd.close()
    },
  }
}

async function enqueue<P>(queue: Queue, added: { job: Job<P>; payload: P; delayMs: number }): Promise<void> {
  const { job, payload, delayMs } = added
  const jobId = job.id(payload)
  // A failed job keeps its id and would swallow the new one without a word.
  if ((await queue.getJobState(jobId)) === 'failed') await queue.remove(jobId)
  await queue.add(job.name, job.payload.parse(payload), {
    jobId,
    delay: delayMs,
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs },
    removeOnComplete: true,
    removeOnFail: 1000,
  })
}

async function countsOf(name: QueueName, queue: Queue) {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
  const workers = await queue.getWorkersCount()
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
  return { queue: name, waiting, active, delayed, failed, workers }
}
