import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type Database, openDatabase } from '../../db/database.js'
import { migrate } from '../../db/migrate.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { Queues } from '../../src/queues/job.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { freePort } from '../helpers/free-port.js'
import { type NpmProcess, runNpm } from '../helpers/npm-process.js'
import { hasRedisServer, startRedis } from '../helpers/redis-server.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createDatabase, createWorld, type World } from '../helpers/world.js'

const READERS = 600
const SECRET_KEYS = `test:${'5a'.repeat(32)}`
const PATIENCE_MS = 60_000

const describeOnRedis = hasRedisServer() ? describe : describe.skip

/** A mail server that keeps who got how many, and calls back with every message. */
function countingServer(onMessage: (count: number) => void) {
  const received = new Map<string, number>()
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo)
          received.set(address, (received.get(address) ?? 0) + 1)
        onMessage(++count)
        done()
      })
    },
  })
  return new Promise<{ url: string; received: Map<string, number>; close(): Promise<void> }>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.server.address() as AddressInfo
      const close = () => new Promise<void>((done) => server.close(() => done()))
      resolve({ url: `smtp://127.0.0.1:${port}`, received, close })
    })
  })
}

describeOnRedis('one web process and two workers on PostgreSQL and Redis', () => {
  let world: World
  let db: Database
  let drop: () => Promise<void>
  let redis: { url: string; stop(): Promise<void> }
  let port: number
  let queues: Queues
  let web: NpmProcess
  let workers: NpmProcess[]
  let mail: Awaited<ReturnType<typeof countingServer>>
  let onMessage: (count: number) => void = () => undefined

  beforeAll(async () => {
    const database = await createDatabase()
    drop = database.drop
    db = openDatabase(database.url)
    await migrate(db)
    redis = await startRedis()
    mail = await countingServer((count) => onMessage(count))
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SMTP_URL: mail.url,
      SECRET_KEYS,
      HOST: '127.0.0.1',
    }
    port = await freePort()
    web = runNpm(['web'], { env: { ...env, PORT: String(port) } })
    workers = ['first', 'second'].map(() => runNpm(['worker'], { env }))
    world = await createWorld()
    queues = await openQueues({ databaseUrl: database.url, redisUrl: redis.url, log: world.log })
    await Promise.all([web.says('is ready at'), ...workers.map((worker) => worker.says('worker is ready'))])
  })
  afterAll(async () => {
    await Promise.all([web, ...workers].map((one) => one?.stop()))
    await queues?.close()
    await mail?.close()
    await redis?.stop()
    await db?.destroy()
    await drop?.()
    await world?.close()
  })

  it('send an issue to everybody exactly once, also when a worker is told to stop in the middle', async () => {
    const there = { ...world, db, clock: { ...world.clock, now: () => new Date() } }
    const { listId } = await listWithReaders(there, 'town', READERS)
    const draft = await completeDraft(there, [listId])
    const stopped = new Promise<number | null>((resolve) => {
      onMessage = (count) => {
        if (count === READERS / 4) resolve(workers[0]?.stop() ?? null)
      }
    })
    await scheduleIssue(there, draft, null)
    await releaseDueIssues({ ...there, queues })
    const deadline = performance.now() + PATIENCE_MS
    let counts = await progress(db, draft.issueId)
    while (counts.accepted < READERS && performance.now() < deadline)
      counts = await progress(db, draft.issueId)
    expect(await stopped).toBe(0)
    expect(counts).toMatchObject({ accepted: READERS, unknown: 0, rejected: 0, skipped: 0, total: READERS })
    expect([...mail.received.values()].filter((count) => count !== 1)).toEqual([])
    expect(mail.received.size).toBe(READERS)
  }, 90_000)

  it('answer their load balancer, and end cleanly when told to', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({ status: 'ready' })
    expect(await Promise.all([web.stop(), workers[1]?.stop()])).toEqual([0, 0])
  })
})
