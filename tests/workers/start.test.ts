import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { readConfig } from '../../src/config.js'
import { createContext, type OpenContext } from '../../src/context.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { buryWorkers, LEASE_MS } from '../../src/delivery/worker-life.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { RunningWorkers } from '../../src/queues/job.js'
import { startAllWorkers } from '../../workers/start.js'
import { startPostgres } from '../chaos/machines.js'
import { freePort } from '../helpers/free-port.js'
import { runNpm } from '../helpers/npm-process.js'
import { hasRedisServer, startRedis } from '../helpers/redis-server.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { type ScriptedServer, startScriptedSmtp } from '../helpers/scripted-smtp.js'
import { createDatabase, type World } from '../helpers/world.js'

const READERS = 200
const CONNECTIONS = 3
const SECRET_KEYS = `test:${'5a'.repeat(32)}`

type Stage = { ctx: OpenContext; env: Record<string, string>; mail: ScriptedServer; issueId: string }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function ownDatabase(): Promise<string> {
  const { url, drop } = await createDatabase()
  closers.push(drop)
  return url
}

/** An issue to READERS people, due now, and a mail server that says of the tenth message what it is told. */
async function dueIssue(tenth: 'hang' | 'slow 20', more: Record<string, string> = {}): Promise<Stage> {
  const url = more['DATABASE_URL'] ?? (await ownDatabase())
  let messages = 0
  const mail = await startScriptedSmtp(({ stage }) => (stage === 'dot' && ++messages >= 10 ? tenth : null))
  closers.push(() => mail.close())
  const env = {
    DATABASE_URL: url,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    SMTP_CONNECTIONS: String(CONNECTIONS),
    LOG_LEVEL: 'silent',
    ...more,
  }
  const ctx = await createContext(readConfig(env), SECRET_KEYS)
  closers.push(() => ctx.close())
  const { listId } = await listWithReaders(ctx as unknown as World, 'town', READERS)
  const draft = await completeDraft(ctx as unknown as World, [listId])
  await scheduleIssue(ctx, draft, null)
  return { ctx, env, mail, issueId: draft.issueId }
}

async function untilSettled({ ctx, issueId }: Stage, count: number): Promise<void> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline && (await progress(ctx.db, issueId)).accepted < count);
}

it('ends in a bounded time when the mail server has gone silent, and says of every reader how it stands', async () => {
  const stage = await dueIssue('hang')
  const { ctx, issueId } = stage
  const workers: RunningWorkers = await startAllWorkers(ctx, { drainMs: 100 })
  await releaseDueIssues(ctx)
  await untilSettled(stage, 9)
  await workers.close()
  const counts = await progress(ctx.db, issueId)
  expect(counts).toMatchObject({ sending: 0, total: READERS })
  expect(counts.unknown).toBeGreaterThan(0)
  expect(counts.unknown).toBeLessThanOrEqual(2 * CONNECTIONS)
  expect(counts.accepted + counts.unknown + counts.pending + counts.deferred).toBe(READERS)
  const { rows } =
    await sql`select id from worker union all select worker_id from batch where worker_id is not null`.execute(
      ctx.db,
    )
  expect(rows).toEqual([])
})

const onRedis = hasRedisServer() ? it : it.skip

onRedis(
  'ends cleanly when told to while Redis is away for good',
  async () => {
    const redis = await startRedis(await freePort())
    const stage = await dueIssue('slow 20', { REDIS_URL: redis.url })
    const { ctx, env, issueId } = stage
    const worker = runNpm(['worker'], { env: { ...env, SECRET_KEYS, LOG_LEVEL: 'info' } })
    await worker.says('worker is ready')
    await releaseDueIssues(ctx)
    await untilSettled(stage, 20)
    await redis.stop('SIGKILL')
    expect(await worker.stop()).toBe(0)
    expect(await progress(ctx.db, issueId)).toMatchObject({ sending: 0, unknown: 0, total: READERS })
  },
  60_000,
)

it('ends cleanly when told to while PostgreSQL is away for good', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-stop-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startPostgres(folder)
  closers.push(() => postgres.stop())
  const stage = await dueIssue('slow 20', { DATABASE_URL: postgres.url })
  const worker = runNpm(['worker'], { env: { ...stage.env, SECRET_KEYS, LOG_LEVEL: 'info' } })
  await worker.says('worker is ready')
  await releaseDueIssues(stage.ctx)
  await untilSettled(stage, 20)
  await postgres.kill()
  expect(await worker.stop()).toBe(0)
  await postgres.restart()
  await buryWorkers({ ...stage.ctx, clock: { now: () => new Date(Date.now() + 2 * LEASE_MS) } })
  const counts = await progress(stage.ctx.db, stage.issueId)
  expect(counts).toMatchObject({ sending: 0, total: READERS })
  expect(counts.unknown).toBeLessThanOrEqual(2 * CONNECTIONS)
}, 60_000)

it('ends cleanly when told to before it has begun', async () => {
  const { ctx, env } = await dueIssue('slow 20')
  const worker = await ctx.db.transaction().execute(async (tx) => {
    await sql`lock table worker in access exclusive mode`.execute(tx)
    const starting = runNpm(['worker'], { env: { ...env, SECRET_KEYS } })
    await untilSomebodyWaits(ctx)
    void starting.stop()
    return starting
  })
  expect(await worker.ended).toBe(0)
}, 60_000)

async function untilSomebodyWaits({ db }: Pick<OpenContext, 'db'>): Promise<void> {
  const deadline = performance.now() + 40_000
  for (;;) {
    const { rows } = await sql`
      select from pg_locks where not granted and relation = 'worker'::regclass
        and database = (select oid from pg_database where datname = current_database())`.execute(db)
    if (rows.length > 0) return
    if (performance.now() > deadline) throw new Error('The worker never came to write itself down.')
  }
}
