import type { z } from 'zod'

export const QUEUE_NAMES = ['clock', 'delivery', 'feeds', 'mail'] as const
/** `clock`: minute tick and sweep; `delivery`: fan-out and batches; `feeds`: news from other sites and people from files; `mail`: transactional mail. */
export type QueueName = (typeof QUEUE_NAMES)[number]

/** A kind of job as a value that producer and worker both import; payloads hold ids only. */
export type Job<P> = {
  queue: QueueName
  name: string
  payload: z.ZodType<P>
  /** Same id, same work: while such a job waits, adding it again changes nothing. Never contains ':'. */
  id(payload: P): string
  attempts: number
  /** First pause before a retry, in milliseconds; doubles each time. */
  backoffMs: number
}

export type QueueCounts = {
  queue: QueueName
  waiting: number
  active: number
  delayed: number
  failed: number
  workers: number
}

/** Thrown by a handler that is told to stop: another worker takes the rest of the job at once. */
export class HandedBackError extends Error {
  override name = 'HandedBackError'
}

export type RunningWorkers = { close(): Promise<void> }

/** A job with the verb that does it; what workers register. */
export type JobHandler = { queue: QueueName; name: string; run(payload: unknown): Promise<void> }

/** Binds a verb to its job; the payload is parsed before the verb sees it. Throws zod's error for a payload of another shape. */
export function handler<P>(job: Job<P>, run: (payload: P) => Promise<void>): JobHandler {
  return { queue: job.queue, name: job.name, run: async (payload) => run(job.payload.parse(payload)) }
}

/** The queue, whichever back end holds it. Enqueue after commit: PostgreSQL is the truth, the queue is a reminder. */
export type Queues = {
  readonly backend: 'postgres' | 'redis'
  /** Adds the job unless one with its id is waiting, active or delayed; a finished or failed one is replaced. */
  enqueue<P>(job: Job<P>, payload: P, options?: { delayMs?: number }): Promise<void>
  /** Runs the job every so many milliseconds, once for all processes that ask for it. */
  keepScheduled<P>(job: Job<P>, payload: P, everyMs: number): Promise<void>
  counts(): Promise<QueueCounts[]>
  close(): Promise<void>
}
