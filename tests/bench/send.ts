import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { systemClock } from '../../src/clock.js'
import { readConfig } from '../../src/config.js'
import { composeMessage } from '../../src/delivery/compose-message.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { readyIssue } from '../../src/delivery/sending-issue.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { createLog } from '../../src/log.js'
import { projectRoot } from '../../src/project-root.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { parseKeyRing } from '../../src/secrets.js'
import { startRedis } from '../helpers/redis-server.js'
import { createAudience, createDraft } from './audience.js'
import { type BenchOptions, readOptions } from './options.js'
import { ended, startSink, timeSource, usageOf } from './processes.js'

const SECRET_KEYS = `bench:${'5a'.repeat(32)}`
const SWEEP = [10_000, 100_000, 1_000_000]
const POLL_MS = 50

type Result = {
  recipients: number
  seconds: number
  fanOutSeconds: number
  rate: number
  microsecondsEach: number
  cpuMsEach: number
  peakRssMb: number
  messageBytes: number
}

const options = readOptions(process.argv.slice(2))
const say = (line: string) => process.stderr.write(`${line}\n`)
const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'))
const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  await run(options)
} finally {
  for (const close of closers.reverse()) await close()
}

async function run(asked: BenchOptions): Promise<void> {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
  const env = await startParts(asked)
  const db = openDatabase(env.DATABASE_URL)
  closers.push(() => db.destroy())
  await migrate(db)
  const log = createLog('silent')
  const queues = await openQueues({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL ?? null, log })
  closers.push(() => queues.close())
  const config = readConfig({ ...env })
  const ctx = {
    db,
    clock: systemClock,
    queues,
    log,
    config,
    keys: parseKeyRing(SECRET_KEYS),
    dkim: new Map(),
  }
  const workers = Array.from({ length: asked.workers }, () => startWorker(env))
  for (const worker of workers) closers.push(() => ended(worker))
  await Promise.all(workers.map(ready))
  const results: Result[] = []
  for (const recipients of asked.sweep ? SWEEP : [asked.recipients]) {
    const result = await measure(ctx, { recipients, bytes: asked.kilobytes * 1024, workers })
    say(`${recipients} recipients: ${result.rate} a second, ${result.cpuMsEach} ms of processor each`)
    results.push(result)
  }
  const limit = asked.dkim ? await signingLimit() : null
  report(asked, {
    results,
    limit,
    smtpSource: sourceRate(asked, results, Number(new URL(env.SMTP_URL).port)),
  })
}

async function startParts(asked: BenchOptions) {
  const postgres = await startEmbeddedPostgres({ directory: folder })
  closers.push(() => postgres.release())
  const redis = asked.backend === 'redis' ? await startRedis() : null
  if (redis) closers.push(() => redis.stop())
  const sink = await startSink()
  closers.push(() => sink.stop())
  return {
    DATABASE_URL: postgres.url,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    SMTP_URL: `smtp://127.0.0.1:${sink.port}?messages=100000`,
    SMTP_CONNECTIONS: String(asked.connections),
    PUBLIC_URL: 'https://news.example.org',
    BOUNCE_DOMAIN: 'bounce.example.org',
    SECRET_KEYS,
    LOG_LEVEL: 'warn',
    ...(asked.dkim ? { DKIM_KEYS: dkimKeys() } : {}),
  }
}

function dkimKeys(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return `${sampleOrganisation.from_email.split('@')[1]}:bench:${key}`
}

/** RSA-2048 signatures a second that this machine makes when it does nothing else, in the thread pool. */
async function signingLimit(): Promise<number> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const data = Buffer.alloc(1500)
  const count = 4000
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: count }, () => promisify(sign)('sha256', data, privateKey)))
  return Math.round((1000 * count) / (performance.now() - startedAt))
}

function startWorker(env: Record<string, string>): ChildProcess {
  return spawn(
    process.execPath,
    [
      ...(process.env['BENCH_NODE'] ?? '').split(' ').filter(Boolean),
      '--enable-source-maps',
      'dist/workers/main.js',
    ],
    {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'], ...env, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
}

function ready(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('exit', () => reject(new Error('A worker ended before it was ready.')))
    worker.stdout?.on('data', (piece) => {
      const text = String(piece)
      if (text.includes('worker is ready')) resolve()
      else if (/"level":(40|50)/.test(text)) say(text.trim())
    })
  })
}

type Ctx = Parameters<typeof releaseDueIssues>[0] & Parameters<typeof composeMessage>[0]
type Measured = { recipients: number; bytes: number; workers: readonly ChildProcess[] }

async function measure(ctx: Ctx, { recipients, bytes, workers }: Measured): Promise<Result> {
  const listId = await createAudience(ctx, `n${recipients}`, recipients)
  const draft = await createDraft(ctx, listId, bytes)
  await scheduleIssue(ctx, draft, null)
  const used = () => workers.reduce((sum, { pid }) => sum + usageOf(pid as number).cpuSeconds, 0)
  const before = used()
  await releaseDueIssues(ctx)
  const issue = await untilSent(ctx, draft.issueId)
  const counts = await progress(ctx.db, draft.issueId)
  if (counts.accepted !== recipients) throw new Error(`Not everybody was sent to: ${JSON.stringify(counts)}`)
  const seconds = secondsBetween(issue.released_at, issue.finished_at)
  return {
    recipients,
    seconds,
    fanOutSeconds: secondsBetween(issue.released_at, issue.fanned_out_at),
    rate: Math.round(recipients / seconds),
    microsecondsEach: Math.round((1e6 * seconds) / recipients),
    cpuMsEach: round((1000 * (used() - before)) / recipients),
    peakRssMb: Math.max(...workers.map(({ pid }) => usageOf(pid as number).peakRssMb)),
    messageBytes: await sizeOfMessage(ctx, draft.issueId, listId),
  }
}

async function untilSent({ db }: Ctx, issueId: string) {
  for (;;) {
    const issue = await db
      .selectFrom('issue')
      .select(['status', 'released_at', 'fanned_out_at', 'finished_at'])
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    if (issue.status === 'sent') return issue
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

async function sizeOfMessage(ctx: Ctx, issueId: string, listId: string): Promise<number> {
  const issue = await readyIssue(ctx.db, issueId)
  const fields = { FIRSTNAME: 'Reader50000', CITY: 'Turku' }
  const message = await composeMessage(ctx, issue, {
    id: issueId,
    subscriberId: listId,
    listId,
    email: 'reader50000@example.org',
    fields,
  })
  return message.size
}

/** What smtp-source does in the same run, at the same size and over as many connections. */
function sourceRate(asked: BenchOptions, results: readonly Result[], port: number): number {
  const messages = Math.min(asked.recipients, 50_000)
  const bytes = results[0]?.messageBytes ?? asked.kilobytes * 1024
  return Math.round(
    messages / timeSource(port, { messages, bytes, connections: asked.connections * asked.workers }),
  )
}

type Report = { results: readonly Result[]; limit: number | null; smtpSource: number }

function report(asked: BenchOptions, { results, limit, smtpSource }: Report): void {
  const last = results.at(-1) as Result
  const first = results[0] as Result
  const summary = {
    ...last,
    smtpSourceRate: smtpSource,
    ratio: round(last.rate / smtpSource),
    ...(asked.sweep
      ? { sweep: results, costGrowth: round(last.microsecondsEach / first.microsecondsEach) }
      : {}),
    connections: asked.connections,
    workers: asked.workers,
    backend: asked.backend,
    dkim: asked.dkim,
    ...(limit ? { signaturesASecond: limit } : {}),
  }
  if (asked.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
  else for (const [name, value] of Object.entries(summary)) say(`${name}: ${JSON.stringify(value)}`)
}

function secondsBetween(from: Date | null, to: Date | null): number {
  return ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 1000
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
