import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../../db/database.js'
import type { Clock } from '../../src/clock.js'
import { type Config, readConfig } from '../../src/config.js'
import type { Context } from '../../src/context.js'
import type { JournalEntry } from '../../src/erasure-journal.js'
import { createLog } from '../../src/log.js'
import type { Job, Queues } from '../../src/queues/job.js'
import { parseKeyRing } from '../../src/secrets.js'
import type { Mail, Mailer, Outcome } from '../../src/smtp/mailer.js'
import { openDiskStore } from '../../src/storage/disk-store.js'
import { readMessage } from './read-message.js'
import { createTestDns, type TestDns } from './test-dns.js'
import { TEMPLATE_DATABASE } from './test-server.js'
import { createTestWeb, type TestWeb } from './test-web.js'

/** A clock that stands still until a test moves it. */
export type TestClock = Clock & {
  advance(milliseconds: number): void
  set(moment: string): void
}

type Enqueued = { name: string; payload: unknown; delayMs: number }

/** The application's context on a database of its own, a standing clock, a queue that only notes, a mailer that keeps. */
export type World = Context & {
  db: Database
  databaseUrl: string
  store: { databaseUrl: string }
  clock: TestClock
  enqueued: Enqueued[]
  sent: Mail[]
  /** What the journal of erasures was told. */
  journaled: JournalEntry[]
  /** Next outcomes by recipient address; every other mail is accepted. */
  outcomes: Map<string, Outcome[]>
  /** Where names lead only to servers of the test itself. */
  web: TestWeb
  /** Where only those records stand that a test puts there. */
  dns: TestDns
  close(): Promise<void>
}

/** Creates a world for one test file; call `close` in afterAll. */
export async function createWorld(overrides: Partial<Config> = {}): Promise<World> {
  const { url, drop } = await createDatabase()
  const db = openDatabase(url, 10)
  const enqueued: Enqueued[] = []
  const sent: Mail[] = []
  const journaled: JournalEntry[] = []
  const outcomes = new Map<string, Outcome[]>()
  const pictures = join(tmpdir(), `carillon-pictures-${randomBytes(8).toString('hex')}`)
  const clock = createTestClock('2026-03-02T09:00:00Z')
  return {
    config: {
      ...readConfig({}),
      publicUrl: 'https://news.example.org',
      databaseUrl: url,
      ...overrides,
    },
    log: createLog('silent'),
    db,
    databaseUrl: url,
    store: { databaseUrl: url },
    clock,
    queues: notingQueues(enqueued),
    mailer: keepingMailer(sent, outcomes),
    keptMail: { forget: async () => 0 },
    journal: {
      append: async (entry) => {
        journaled.push(entry)
      },
    },
    journaled,
    files: openDiskStore(pictures),
    dkim: new Map(),
    web: createTestWeb(),
    dns: createTestDns(),
    keys: parseKeyRing(`test:${randomBytes(32).toString('hex')}`),
    enqueued,
    sent,
    outcomes,
    close: async () => {
      await db.destroy()
      await drop()
      await rm(pictures, { recursive: true, force: true })
    },
  }
}

/** A fresh copy of the migrated template database; `drop` removes it again. */
export async function createDatabase(): Promise<{
  url: string
  drop: () => Promise<void>
}> {
  const serverUrl = process.env['CARILLON_TEST_DATABASE_URL']
  if (!serverUrl) throw new Error('The test database server is not running: global-setup.mjs starts it.')
  const name = `world_${randomBytes(8).toString('hex')}`
  await onServer(serverUrl, `create database ${name} template ${TEMPLATE_DATABASE}`)
  const url = new URL(serverUrl)
  url.pathname = name
  return {
    url: url.href,
    drop: () => onServer(serverUrl, `drop database ${name} with (force)`),
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

function createTestClock(start: string): TestClock {
  let now = new Date(start).getTime()
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds
    },
    set: (moment) => {
      now = new Date(moment).getTime()
    },
  }
}

function notingQueues(enqueued: Enqueued[]): Queues {
  return {
    backend: 'postgres',
    enqueue: async <P>(job: Job<P>, payload: P, options: { delayMs?: number } = {}) => {
      enqueued.push({
        name: job.name,
        payload: job.payload.parse(payload),
        delayMs: options.delayMs ?? 0,
      })
    },
    keepScheduled: async () => undefined,
    counts: async () => [],
    close: async () => undefined,
  }
}

function keepingMailer(sent: Mail[], outcomes: Map<string, Outcome[]>): Mailer {
  const accepted: Outcome = {
    kind: 'accepted',
    reply: {
      stage: 'data',
      code: 250,
      enhancedCode: '2.0.0',
      text: '250 2.0.0 Ok',
    },
  }
  const send: Mailer['send'] = async (mail) => {
    const outcome = outcomes.get(mail.envelope.to)?.shift() ?? accepted
    if (outcome.kind === 'accepted' || outcome.kind === 'unknown') sent.push(mail)
    return outcome
  }
  return {
    connections: 5,
    send,
    deliver: async (message) => send(await readMessage(message)),
    restsUntil: () => null,
    rest: () => undefined,
    watch: () => undefined,
    close: async () => undefined,
  }
}
