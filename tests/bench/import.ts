import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { createList } from '../../src/audience/create-list.js'
import { hasWordIndex, mendWordIndex } from '../../src/audience/word-index.js'
import { systemClock } from '../../src/clock.js'
import { projectRoot } from '../../src/project-root.js'
import { endingAll } from '../helpers/ending-all.js'
import { writeRows } from './import-rows.js'

const SECRET_KEYS = `bench:${'5a'.repeat(32)}`
const POLL_MS = 100

const Options = z.object({
  rows: z.coerce.number().int().min(1000).max(10_000_000).default(1_000_000),
  json: z.boolean().default(false),
})
const Answer = z.object({
  rows: z.number(),
  added: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  seconds: z.number(),
  peakRssMb: z.number(),
})
type Answer = z.infer<typeof Answer>

const say = (line: string) => process.stderr.write(`${line}\n`)
const closers: (() => Promise<unknown>)[] = []
await endingAll(closers, run)

/**
 * Imports a file of people, one row in fifty of them broken, by the command line: once in one go, once killed in the middle and taken up
 * again, into databases of their own; compares the two, and exports the list.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, json: { type: 'boolean' } } })
  const { rows, json } = Options.parse(values)
  execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'people.csv')
  const { good, broken } = await writeRows(file, rows)
  say(`${rows} rows, ${Math.round((await stat(file)).size / 1e6)} MB`)
  const server = await startEmbeddedPostgres({ directory: folder })
  closers.push(() => server.release())
  const first = await openHouse(server.url, { folder, name: 'first' })
  const straight = await importInto(first, file).answer
  expectCounts(straight, { good, broken })
  say(`in one go: ${straight.seconds} s, ${straight.peakRssMb} MB`)
  const wordIndexSeconds = await timeWordIndex(first.db)
  const second = await openHouse(server.url, { folder, name: 'second' })
  const resumed = await killAndResume(second, { file, rows })
  expectCounts(resumed, { good, broken })
  const isSame = (await stateOf(first.db)) === (await stateOf(second.db))
  if (!isSame) throw new Error('Killed and resumed, the import came to another end.')
  const exported = await exportFrom(first, join(folder, 'exported.csv'))
  const { seconds, peakRssMb } = straight
  const summary = {
    rows,
    good,
    broken,
    seconds,
    peakRssMb,
    wordIndexSeconds,
    resumed: { isSame, seconds: resumed.seconds },
    exported,
  }
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`)
  else for (const [name, value] of Object.entries(summary)) say(`${name}: ${JSON.stringify(value)}`)
}

/** What a worker does after a large import; none, when the import kept the index of the search up by itself. */
async function timeWordIndex(db: Database): Promise<number> {
  const startedAt = performance.now()
  await mendWordIndex({ db })
  if (!(await hasWordIndex(db))) throw new Error('The index of the search was not made again.')
  return Math.round((performance.now() - startedAt) / 100) / 10
}

type House = { db: Database; env: NodeJS.ProcessEnv }

async function openHouse(
  serverUrl: string,
  { folder, name }: { folder: string; name: string },
): Promise<House> {
  const server = openDatabase(serverUrl, 1)
  await sql`create database ${sql.ref(name)}`.execute(server)
  await server.destroy()
  const url = new URL(serverUrl)
  url.pathname = name
  const db = openDatabase(url.href, 2)
  closers.push(() => db.destroy())
  await migrate(db)
  await createList({ db, clock: systemClock }, { name: 'Readers' })
  const typed = [
    { key: 'VISITS', label: 'Visits', type: 'number' as const },
    { key: 'BORN', label: 'Born on', type: 'date' as const },
  ]
  await db
    .insertInto('field')
    .values(typed.map((field) => ({ ...field, created_at: systemClock.now(), archived_at: null })))
    .execute()
  const own = { DATABASE_URL: url.href, CARILLON_HOME: join(folder, name), SECRET_KEYS }
  const ports = { INBOX_PORT: '0', INBOX_SMTP_PORT: '0' }
  return { db, env: { PATH: process.env['PATH'], ...own, ...ports } }
}

function carillon({ env }: House, ...given: string[]): ChildProcess {
  const program = join(projectRoot, '.config/carillon.mjs')
  return spawn(process.execPath, [program, ...given], { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

function importInto(house: House, file: string): { child: ChildProcess; answer: Promise<Answer> } {
  const choices = ['--list', 'Readers', '--source', 'Trade fair 2024', '--json']
  const child = carillon(house, 'subscriber', 'import', file, ...choices)
  let text = ''
  child.stdout?.on('data', (piece) => {
    text += piece
  })
  const answer = new Promise<Answer>((resolve, reject) => {
    child.once('close', (code) =>
      code === 0
        ? resolve(Answer.parse(JSON.parse(text)))
        : reject(new Error(`The import ended with ${code}.`)),
    )
  })
  return { child, answer }
}

async function killAndResume(house: House, { file, rows }: { file: string; rows: number }): Promise<Answer> {
  const { child, answer } = importInto(house, file)
  answer.catch(() => undefined)
  for (;;) {
    const one = await house.db.selectFrom('import').select(['place', 'status']).executeTakeFirst()
    if ((one?.place ?? 0) > rows / 2 || one?.status === 'finished') break
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  child.kill('SIGKILL')
  await answer.catch(() => say('killed in the middle'))
  return importInto(house, file).answer
}

function expectCounts(found: Answer, { good, broken }: { good: number; broken: number }): void {
  const { rows, added, updated, unchanged, refused } = found
  const isExact = rows === good + broken && added === good && updated + unchanged === 0 && refused === broken
  if (!isExact) throw new Error(`Wrong counts, ${good} good and ${broken} broken: ${JSON.stringify(found)}`)
}

/** Everything that an import writes, but ids and the time of the import itself. */
async function stateOf(db: Database): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ',
      (select count(*) || ':' || sum(hashtextextended(p.email || p.fields::text || coalesce(p.language, ''), 0)) from subscriber p),
      (select count(*) || ':' || sum(hashtextextended(p.email_key || t.status || t.confirmed_at, 0)) from subscription t join subscriber p on p.id = t.subscriber_id),
      (select count(*) || ':' || sum(hashtextextended(p.email_key || e.kind || e.note || case e.kind when 'added' then '' else e.occurred_at::text end, 0))
        from consent_event e join subscriber p on p.id = e.subscriber_id),
      (select count(*) || ':' || sum(hashtextextended(line || reason || cells, 0)) from import_refusal)) as state`.execute(
    db,
  )
  return rows[0]?.state ?? ''
}

async function exportFrom(
  house: House,
  path: string,
): Promise<{ seconds: number; peakRssMb: number; megabytes: number }> {
  const startedAt = performance.now()
  const child = carillon(house, 'subscriber', 'export', '--list', 'Readers')
  const peak = watchMemory(child)
  if (child.stdout) await pipeline(child.stdout, createWriteStream(path))
  const seconds = Math.round(performance.now() - startedAt) / 1000
  return { seconds, peakRssMb: peak(), megabytes: Math.round((await stat(path)).size / 1e6) }
}

function watchMemory({ pid }: ChildProcess): () => number {
  let peak = 0
  const timer = setInterval(() => {
    const path = `/proc/${pid}/status`
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0))
  }, POLL_MS)
  return () => {
    clearInterval(timer)
    return Math.round(peak / 1024)
  }
}
