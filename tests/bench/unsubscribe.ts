import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { newId } from '../../db/uuid.js'
import { deliveryToken } from '../../src/audience/tokens.js'
import { projectRoot } from '../../src/project-root.js'
import { parseKeyRing } from '../../src/secrets.js'
import { endingAll } from '../helpers/ending-all.js'
import { freePort } from '../helpers/free-port.js'
import { ended } from './processes.js'

const SECRET_KEYS = `bench:${'5a'.repeat(32)}`
const CONNECTIONS = 64
const whole = (fallback: number) => z.coerce.number().int().min(1).max(1_000_000).default(fallback)
const options = z
  .object({ posts: whole(5000), json: z.boolean().default(false) })
  .parse(parseArgs({ options: { posts: { type: 'string' }, json: { type: 'boolean' } } }).values)

const closers: (() => Promise<unknown>)[] = []
await endingAll(closers, async () => {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres({ directory: folder })
  closers.push(() => postgres.release())
  const db = openDatabase(postgres.url)
  closers.push(() => db.destroy())
  await migrate(db)
  const paths = await readers(db, options.posts)
  const { port, child } = await serve(postgres.url)
  closers.push(() => ended(child))
  const result = await post(port, paths)
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from subscription where status = 'unsubscribed'`.execute(db)
  const answer = { ...result, unsubscribed: rows[0]?.left ?? 0 }
  process.stdout.write(`${JSON.stringify(answer, null, options.json ? 0 : 2)}\n`)
})

/** A list with so many confirmed readers, an issue to it, and the unsubscribe path of each. */
async function readers(db: Database, count: number): Promise<string[]> {
  const [listId, issueId] = [newId(new Date()), newId(new Date())]
  await sql`insert into list (id, slug, name, created_at) values (${listId}, 'bench', 'Bench', now())`.execute(
    db,
  )
  await sql`insert into issue (id, status, title, created_at, updated_at) values (${issueId}, 'sent', 'Bench', now(), now())`.execute(
    db,
  )
  await sql`insert into issue_list (issue_id, list_id) values (${issueId}, ${listId})`.execute(db)
  await sql`
    insert into subscriber (id, email, email_key, created_at)
    select gen_random_uuid(), 'r' || n || '@example.org', 'r' || n || '@example.org', now()
    from generate_series(1, ${count}::int) n`.execute(db)
  await sql`
    insert into subscription (list_id, subscriber_id, status, created_at, confirmed_at)
    select ${listId}, id, 'confirmed', now(), now() from subscriber`.execute(db)
  const rows = await db.selectFrom('subscriber').select('id').execute()
  const ring = parseKeyRing(SECRET_KEYS)
  return rows.map(({ id }) => `/u/${deliveryToken(ring, 'unsub', { subscriberId: id, issueId })}`)
}

async function serve(databaseUrl: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js', '--web'], {
    cwd: projectRoot,
    env: {
      ...{ PATH: process.env['PATH'], DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1' },
      ...{ SMTP_URL: 'smtp://127.0.0.1:9', SECRET_KEYS, LOG_LEVEL: 'info' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The web process ended before it was ready.')))
    child.stdout.on('data', (piece) => String(piece).includes('is ready at') && resolve())
  })
  return { port, child }
}

/** Posts every path once, as a mail program does, over so many connections at a time. */
async function post(port: number, paths: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const waits: number[] = []
  let next = 0
  const startedAt = performance.now()
  const lane = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const sentAt = performance.now()
      await postOne({ agent, port, path })
      waits.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  const seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  waits.sort((a, b) => a - b)
  return {
    posts: paths.length,
    seconds: Number(seconds.toFixed(2)),
    postsPerSecond: Math.round(paths.length / seconds),
    p95Ms: Math.round(waits[Math.floor(waits.length * 0.95)] ?? 0),
  }
}

function postOne({ agent, port, path }: { agent: Agent; port: number; path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const sent = request({ agent, port, path, host: '127.0.0.1', method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}.`)),
      )
    })
    sent.once('error', reject)
    sent.end('List-Unsubscribe=One-Click')
  })
}
