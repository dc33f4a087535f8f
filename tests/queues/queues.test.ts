import { z } from 'zod'
import { ConflictError } from '../../src/errors.js'
import { createLog } from '../../src/log.js'
import { HandedBackError, handler, type Job } from '../../src/queues/job.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { startWorkers } from '../../src/queues/start-workers.js'
import { hasRedisServer, startRedis } from '../helpers/redis-server.js'
import { createDatabase } from '../helpers/world.js'

const greet: Job<{ id: string }> = {
  queue: 'mail',
  name: 'greet',
  payload: z.object({ id: z.string() }),
  id: ({ id }) => `greet-${id}`,
  attempts: 2,
  backoffMs: 10,
}
const backEnds = hasRedisServer() ? ['postgres', 'redis'] : ['postgres']

describe.each(backEnds)('queues in %s', (backEnd) => {
  const closers: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  async function open() {
    const { url, drop } = await createDatabase()
    closers.push(drop)
    const redis = backEnd === 'redis' ? await startRedis() : null
    if (redis) closers.push(() => redis.stop())
    const store = { databaseUrl: url, redisUrl: redis?.url ?? null, log: createLog('silent') }
    const queues = await openQueues(store)
    closers.push(() => queues.close())
    return { store, queues }
  }
  async function work(
    store: Parameters<typeof startWorkers>[0],
    run: (payload: { id: string }) => Promise<void>,
  ) {
    const workers = await startWorkers(store, [handler(greet, run)])
    closers.push(() => workers.close())
    return workers
  }
  const counted = async (queues: Awaited<ReturnType<typeof openQueues>>) =>
    (await queues.counts()).find(({ queue }) => queue === 'mail')
  const failedOnce = async (queues: Awaited<ReturnType<typeof openQueues>>) => {
    const deadline = performance.now() + 10_000
    while ((await counted(queues))?.failed !== 1 && performance.now() < deadline) await Promise.resolve()
  }

  it('keep one job per id while it waits, then run it', async () => {
    const { store, queues } = await open()
    expect(queues.backend).toBe(backEnd)
    await queues.enqueue(greet, { id: 'a' })
    await queues.enqueue(greet, { id: 'a' })
    expect(await counted(queues)).toMatchObject({ waiting: 1, active: 0, failed: 0 })
    const ran = await new Promise<string>((resolve, reject) => {
      work(store, async ({ id }) => resolve(id)).catch(reject)
    })
    expect(ran).toBe('a')
  })

  it('try a job again, and one that failed for good when it is added again', async () => {
    const { store, queues } = await open()
    const tries: string[] = []
    let isBroken = true
    let done: () => void = () => undefined
    const succeeded = new Promise<void>((resolve) => {
      done = resolve
    })
    await work(store, async ({ id }) => {
      tries.push(id)
      if (isBroken) throw new Error('not yet')
      done()
    })
    await queues.enqueue(greet, { id: 'b' })
    await failedOnce(queues)
    expect(tries).toEqual(['b', 'b'])
    isBroken = false
    await queues.enqueue(greet, { id: 'b' })
    await succeeded
    expect(tries).toHaveLength(3)
  })

  it('do not try again what the domain refuses', async () => {
    const { store, queues } = await open()
    let tries = 0
    await work(store, async () => {
      tries++
      throw new ConflictError('It is too late.')
    })
    await queues.enqueue(greet, { id: 'c' })
    await failedOnce(queues)
    expect(tries).toBe(1)
  })

  it('hand a job to the next worker when the first is told to stop', async () => {
    const { store, queues } = await open()
    let stopped: (closing: Promise<void>) => void = () => undefined
    const stopping = new Promise<void>((resolve) => {
      stopped = resolve
    })
    const first = await work(store, async () => {
      stopped(first.close())
      throw new HandedBackError()
    })
    await queues.enqueue(greet, { id: 'e' })
    await stopping
    const taken = new Promise<string>((resolve, reject) => {
      work(store, async ({ id }) => resolve(id)).catch(reject)
    })
    expect(await taken).toBe('e')
  })

  it('wait for the running job when workers close', async () => {
    const { store, queues } = await open()
    let finish: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    let isDone = false
    let workers: { close(): Promise<void> } | null = null
    await new Promise<void>((resolve, reject) => {
      work(store, async () => {
        resolve()
        await gate
        isDone = true
      }).then((started) => {
        workers = started
        return queues.enqueue(greet, { id: 'd' })
      }, reject)
    })
    const closing = (workers as unknown as { close(): Promise<void> }).close()
    finish()
    await closing
    expect(isDone).toBe(true)
  })
})
