import { z } from 'zod'
import { createLog } from '../../src/log.js'
import { handler, type Job } from '../../src/queues/job.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { startWorkers } from '../../src/queues/start-workers.js'
import { createDatabase } from '../helpers/world.js'

const greet: Job<{ id: string }> = {
  queue: 'mail',
  name: 'greet',
  payload: z.object({ id: z.string() }),
  id: ({ id }) => `greet-${id}`,
  attempts: 2,
  backoffMs: 10,
}

describe('queues in PostgreSQL', () => {
  it('keep one job per id while it waits, then run it', async () => {
    const { url, drop } = await createDatabase()
    const store = { databaseUrl: url, redisUrl: null, log: createLog('silent') }
    const queues = await openQueues(store)
    await queues.enqueue(greet, { id: 'a' })
    await queues.enqueue(greet, { id: 'a' })
    const mail = (await queues.counts()).find(({ queue }) => queue === 'mail')
    expect(mail).toMatchObject({ waiting: 1, active: 0, failed: 0 })
    let ran: (id: string) => void = () => undefined
    const done = new Promise<string>((resolve) => {
      ran = resolve
    })
    const workers = await startWorkers(store, [handler(greet, async ({ id }) => ran(id))])
    expect(await done).toBe('a')
    await workers.close()
    await queues.close()
    await drop()
  })
})
