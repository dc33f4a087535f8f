import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { sql } from 'kysely'
import { type Database, openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { projectRoot } from '../../src/project-root.js'

/** A worker process, and its name in the ledger. */
export type WorkerProcess = {
  id: string
  /** What it said last, when it ended without having been told to. */
  lastWords(): string | null
  /** Ends it and resolves with its exit code, or null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
  /** The last that it wrote. */
  said(): string
}

/** Starts a worker process and waits until the ledger knows it. */
export async function startWorker(env: Record<string, string>, db: Database): Promise<WorkerProcess> {
  const before = new Set(await workerIds(db))
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/workers/main.js'], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const listen = (piece: Buffer) => {
      output = (output + String(piece)).slice(-4000)
      if (output.includes('worker is ready')) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', () => reject(new Error(`A worker ended before it was ready:\n${output}`)))
  })
  const id = (await workerIds(db)).find((known) => !before.has(known)) ?? ''
  let isTold = false
  return {
    id,
    lastWords: () => (!isTold && (child.exitCode !== null || child.signalCode !== null) ? output : null),
    end: (signal) => {
      isTold = true
      return endOf(child, signal)
    },
    said: () => output,
  }
}

async function workerIds(db: Database): Promise<string[]> {
  return (await db.selectFrom('worker').select('id').execute()).map(({ id }) => id)
}

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}

/** A PostgreSQL server of the round's own that can be killed and brought back. */
export type KillablePostgres = {
  url: string
  kill(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts it below a folder. What it has answered for survives its death, though not that of the machine. */
export async function startPostgres(directory: string): Promise<KillablePostgres> {
  const postgres = await startEmbeddedPostgres({
    directory,
    settings: { fsync: 'off', full_page_writes: 'off' },
  })
  const port = Number(new URL(postgres.url).port)
  const pidFile = `${postgres.dataDirectory}/postmaster.pid`
  const pid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  const [, ...args] = readFileSync(`/proc/${pid()}/cmdline`, 'utf8').split('\0').filter(Boolean)
  const binary = readlinkSync(`/proc/${pid()}/exe`)
  const { uid, gid } = statSync(`/proc/${pid()}`)
  let relaunched: ChildProcess | null = null
  return {
    url: postgres.url,
    kill: async () => {
      const running = pid()
      // SIGQUIT is PostgreSQL's immediate shutdown: nobody is waited for, the next start recovers.
      process.kill(running, 'SIGQUIT')
      while (isAlive(running)) await new Promise((resolve) => setImmediate(resolve))
    },
    restart: async () => {
      relaunched = spawn(binary, args, { uid, gid, cwd: postgres.dataDirectory, stdio: 'ignore' })
      await answersAgain(postgres.url, port)
    },
    stop: async () => {
      if (relaunched) await endOf(relaunched, 'SIGINT')
      await postgres.release()
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function answersAgain(url: string, port: number): Promise<void> {
  const deadline = performance.now() + 60_000
  const db = openDatabase(url, 1)
  try {
    for (;;) {
      if (await takesCalls(port)) {
        const isReady = await sql`select 1`.execute(db).then(
          () => true,
          () => false,
        )
        if (isReady) return
      }
      if (performance.now() > deadline) throw new Error('PostgreSQL does not come back.')
    }
  } finally {
    await db.destroy()
  }
}

function takesCalls(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
