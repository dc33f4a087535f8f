import { createPostgresBackend, type Processor, Queue, Worker, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { QueueName } from './job.js'

export type QueueStore = {
  databaseUrl: string
  redisUrl: string | null
  /** Keeps the queues of several installations (or tests) in one Redis apart. */
  prefix?: string
}

/** BullMQ's classes on one of its two stores; `close` ends what they share. */
export type BackEnd = {
  kind: 'postgres' | 'redis'
  queue(name: QueueName): Queue
  worker(name: QueueName, processor: Processor, concurrency: number): Worker
  close(): Promise<void>
}

// A worker looks for delayed and stalled jobs this often, so a lost notification costs seconds at most.
const DRAIN_DELAY_S = 5

/** Opens the store that the settings name: Redis when there is one, else BullMQ's tables in our own database. */
export function openBackEnd({ databaseUrl, redisUrl, prefix = 'carillon' }: QueueStore): BackEnd {
  if (redisUrl) return redisBackEnd(redisUrl, prefix)
  const postgres = withBackend(createPostgresBackend)
  const connection = () => ({ connectionString: databaseUrl, max: 3, migrate: true })
  return {
    kind: 'postgres',
    // The two classes differ from their Redis forms only in a type parameter that we never look at.
    queue: (name) => new postgres.Queue(name, { connection: connection(), prefix }) as unknown as Queue,
    worker: (name, processor, concurrency) =>
      new postgres.Worker(name, processor, {
        connection: connection(),
        prefix,
        concurrency,
        drainDelay: DRAIN_DELAY_S,
        autorun: false,
      }) as unknown as Worker,
    close: async () => undefined,
  }
}

function redisBackEnd(redisUrl: string, prefix: string): BackEnd {
  // A producer fails at once when Redis is away (the sweep repairs it); a worker waits for it.
  const producing = new Redis(redisUrl, { maxRetriesPerRequest: 1 })
  const working = new Redis(redisUrl, { maxRetriesPerRequest: null })
  for (const connection of [producing, working]) connection.on('error', () => undefined)
  return {
    kind: 'redis',
    queue: (name) => new Queue(name, { connection: producing, prefix }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, {
        connection: working,
        prefix,
        concurrency,
        drainDelay: DRAIN_DELAY_S,
        autorun: false,
      }),
    close: async () => {
      producing.disconnect()
      working.disconnect()
    },
  }
}
