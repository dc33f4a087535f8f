import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { systemClock } from '../../src/clock.js'
import { readConfig } from '../../src/config.js'
import { createLog } from '../../src/log.js'
import { projectRoot } from '../../src/project-root.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { parseKeyRing } from '../../src/secrets.js'
import { startRedis } from '../helpers/redis-server.js'
import type { BenchOptions } from './options.js'
import { ended, startSink } from './processes.js'

const SECRET_KEYS = `bench:${'5a'.repeat(32)}`

type Closers = (() => Promise<unknown>)[]

/** Says something to whoever watches; standard output is for the result. */
export const say = (line: string): boolean => process.stderr.write(`${line}\n`)

/** A database, a queue, a mail server that forgets everything, and workers of the built program; `closers` end them in reverse. */
export async function openParts(asked: BenchOptions, closers: Closers) {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const env = await startParts(asked, { folder, closers })
  const db = openDatabase(env.DATABASE_URL)
  closers.push(() => db.destroy())
  await migrate(db)
  const log = createLog('silent')
  const queues = await openQueues({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL ?? null, log })
  closers.push(() => queues.close())
  const config = readConfig({ ...env })
  const keys = parseKeyRing(SECRET_KEYS)
  const ctx = { db, clock: systemClock, queues, log, config, keys, dkim: new Map() }
  const workers = Array.from({ length: asked.workers }, () => startWorker(env))
  for (const worker of workers) closers.push(() => ended(worker))
  await Promise.all(workers.map(ready))
  return { ctx, workers, port: Number(new URL(env.SMTP_URL).port) }
}

async function startParts(asked: BenchOptions, { folder, closers }: { folder: string; closers: Closers }) {
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
