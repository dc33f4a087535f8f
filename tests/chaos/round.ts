import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type Database, openDatabase } from '../../db/database.js'
import { migrate } from '../../db/migrate.js'
import { gatherOneClicks } from '../../src/audience/leave-by-one-click.js'
import { systemClock } from '../../src/clock.js'
import type { Context } from '../../src/context.js'
import { pauseIssue } from '../../src/delivery/pause-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { resumeIssue } from '../../src/delivery/resume-issue.js'
import { sweep } from '../../src/delivery/sweep.js'
import { buryWorkers } from '../../src/delivery/worker-life.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { createLog } from '../../src/log.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { createAudience, createDraft } from '../bench/audience.js'
import { endingAll } from '../helpers/ending-all.js'
import { startRedis } from '../helpers/redis-server.js'
import { type KillablePostgres, startPostgres, startWorker, type WorkerProcess } from './machines.js'
import { type Random, randomFrom } from './random.js'
import { type Sink, startSink } from './sink.js'
import { judge, type Verdict } from './verdict.js'

export type RoundOptions = {
  seed: number
  recipients: number
  workers: number
  backend: 'redis' | 'postgres'
  /** How many times somebody interferes. */
  blows: number
}

export type RoundResult = Verdict & {
  seed: number
  kills: number
  /** Doubtful readers that the crashes may explain: twice the connections for each killed worker. */
  bound: number
  /** Workers that did not end cleanly when they were asked to. */
  unclean: number
  /** Last words of workers that ended on their own. */
  crashes: string[]
  blows: string[]
}

const CONNECTIONS = 8
const SECRET_KEYS = `chaos:${'5a'.repeat(32)}`
const PATIENCE_MS = 90_000

type Ctx = Pick<Context, 'db' | 'clock' | 'queues'>
type Redises = Awaited<ReturnType<typeof startRedis>>
type Stage = {
  ctx: Ctx
  db: Database
  env: Record<string, string>
  issueId: string
  random: Random
  workers: WorkerProcess[]
  postgres: KillablePostgres
  redis: { now: Redises } | null
  counts: { kills: number; unclean: number }
}

/** One issue sent while everything around it breaks; judged when it has come to its end. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-chaos-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  return endingAll(closers, async () => {
    const random = randomFrom(options.seed)
    const sink = await startSink(randomFrom(options.seed + 1))
    closers.push(() => sink.close())
    const stage = await setStage(options, { folder, random, sink, closers })
    const blows = await interfere(stage, options, sink)
    sink.calm()
    await finish(stage)
    const verdict = await judge(stage.db, stage.issueId, sink)
    const crashes = stage.workers.flatMap((worker) => worker.lastWords() ?? [])
    const { kills, unclean } = stage.counts
    return { ...verdict, seed: options.seed, kills, bound: 2 * CONNECTIONS * kills, unclean, crashes, blows }
  })
}

type Setting = { folder: string; random: Random; sink: Sink; closers: (() => Promise<unknown>)[] }

async function setStage(options: RoundOptions, { folder, random, sink, closers }: Setting): Promise<Stage> {
  const postgres = await startPostgres(folder)
  closers.push(() => postgres.stop())
  const redis = options.backend === 'redis' ? { now: await startRedis() } : null
  if (redis) closers.push(() => redis.now.stop())
  const db = openDatabase(postgres.url)
  closers.push(() => db.destroy())
  await migrate(db)
  const queues = await openQueues({
    databaseUrl: postgres.url,
    redisUrl: redis?.now.url ?? null,
    log: createLog('silent'),
  })
  closers.push(() => queues.close())
  const ctx = { db, clock: systemClock, queues }
  const env = {
    DATABASE_URL: postgres.url,
    ...(redis ? { REDIS_URL: redis.now.url } : {}),
    SMTP_URL: `smtp://127.0.0.1:${sink.port}?messages=200`,
    SMTP_CONNECTIONS: String(CONNECTIONS),
    SECRET_KEYS,
    LOG_LEVEL: 'info',
  }
  const workers: WorkerProcess[] = []
  closers.push(() => Promise.all(workers.map((worker) => worker.end('SIGKILL'))))
  for (let number = 0; number < options.workers; number++) workers.push(await startWorker(env, db))
  const listId = await createAudience(ctx, 'chaos', options.recipients)
  const { issueId, version } = await createDraft(ctx, listId, 20_000)
  await scheduleIssue(ctx, { issueId, version }, null)
  await releaseDueIssues(ctx)
  return { ctx, db, env, issueId, random, workers, postgres, redis, counts: { kills: 0, unclean: 0 } }
}

async function interfere(stage: Stage, options: RoundOptions, sink: Sink): Promise<string[]> {
  const blows: string[] = []
  for (let blow = 1; blow <= options.blows; blow++) {
    await sink.reaches(Math.floor((options.recipients * blow) / (options.blows + 2)))
    const [name, strike] = stage.random.pick(stage.redis ? [...BLOWS, ...REDIS_BLOWS] : BLOWS)
    blows.push(name)
    await strike(stage)
  }
  return blows
}

type Blow = readonly [string, (stage: Stage) => Promise<void>]

const BLOWS: readonly [Blow, ...Blow[]] = [
  ['kill a worker', killWorker],
  ['kill a worker', killWorker],
  ['stop a worker', stopWorker],
  ['restart PostgreSQL', restartPostgres],
  ['pause and resume', pauseAndResume],
  ['unsubscribe some', unsubscribeSome],
]

const REDIS_BLOWS: readonly Blow[] = [
  ['kill Redis', killRedis],
  ['flush Redis', flushRedis],
]

async function killWorker({ ctx, db, env, random, workers, counts }: Stage): Promise<void> {
  const [victim] = workers.splice(random.below(workers.length), 1)
  if (!victim) return
  await victim.end('SIGKILL')
  counts.kills++
  // What a minute of silence would do.
  await buryWorkers(ctx, victim.id)
  workers.push(await startWorker(env, db))
}

async function stopWorker({ db, env, random, workers, counts }: Stage): Promise<void> {
  const [chosen] = workers.splice(random.below(workers.length), 1)
  const code = await chosen?.end('SIGTERM')
  if (chosen && code !== 0) {
    counts.unclean++
    process.stderr.write(
      `  a worker that was told to stop ended with ${code}: ${chosen.said().slice(-600)}\n`,
    )
  }
  workers.push(await startWorker(env, db))
}

async function restartPostgres({ postgres }: Stage): Promise<void> {
  await postgres.kill()
  await postgres.restart()
}

async function pauseAndResume({ ctx, issueId }: Stage): Promise<void> {
  // The issue may be over already.
  await pauseIssue(ctx, { issueId, by: null }).catch(() => undefined)
  await resumeIssue(ctx, { issueId, by: null }).catch(() => undefined)
}

async function unsubscribeSome({ ctx, db, issueId, random }: Stage): Promise<void> {
  const people = await db
    .selectFrom('subscription')
    .select('subscriber_id')
    .where('status', '=', 'confirmed')
    .execute()
  for (let count = 0; count < 20; count++) {
    const person = people[random.below(people.length)]
    if (person) await gatherOneClicks(ctx)({ subscriberId: person.subscriber_id, issueId })
  }
}

async function killRedis({ redis }: Stage): Promise<void> {
  if (!redis) return
  const { port } = redis.now
  await redis.now.stop('SIGKILL')
  redis.now = await startRedis(port)
}

async function flushRedis({ redis }: Stage): Promise<void> {
  const client = new Redis(redis?.now.url ?? '')
  await client.flushall()
  client.disconnect()
}

/** Lets the time pass that retries and leases wait for, until the issue is over. */
async function finish({ ctx, db, issueId }: Stage): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const issue = await db
      .selectFrom('issue')
      .select('status')
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    if (issue.status === 'sent') return
    if (performance.now() > deadline) return
    await db
      .updateTable('delivery')
      .set({ not_before: new Date(0) })
      .where('issue_id', '=', issueId)
      .where('status', '=', 'pending')
      .where('not_before', '>', new Date())
      .execute()
    await db
      .updateTable('batch')
      .set({ due_at: new Date() })
      .where('issue_id', '=', issueId)
      .where('due_at', '>', new Date())
      .execute()
    await sweep(ctx)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
