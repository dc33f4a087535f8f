import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { systemClock } from '../../src/clock.js'
import { projectRoot } from '../../src/project-root.js'
import { endingAll } from '../helpers/ending-all.js'
import { ended, usageOf } from './processes.js'
import { serve, signIn } from './web-process.js'

const whole = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback)
const Options = z.object({
  subscribers: whole(100_000, 5_000_000),
  searches: whole(300, 10_000),
  json: z.boolean().default(false),
})
const WARM_UP = 20
const PAGE_LENGTH = 50

const FIRST = ['Aino', 'Matti', 'Giulia', 'Sanne', 'Ivana', 'Andrei', 'Ona', 'Maeve', 'Eleni', 'Joao']
const LAST = ['Virtanen', 'Rossi', 'Jansen', 'Horvat', 'Popescu', 'Kazlauskas', 'Byrne', 'Papadaki']
const TOWNS = ['Oulu', 'Galway', 'Utrecht', 'Split', 'Cluj', 'Kaunas', 'Lecce', 'Chania', 'Braga', 'Turku']
const DOMAINS = ['example.org', 'example.com', 'mail.example.net', 'town.example', 'works.example']

const options = Options.parse(
  parseArgs({
    options: { subscribers: { type: 'string' }, searches: { type: 'string' }, json: { type: 'boolean' } },
  }).values,
)
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
  const fillSeconds = await fill(db, options.subscribers)
  const { cookie } = await signIn({ db, clock: systemClock })
  const { url, child } = await serve(postgres.url)
  closers.push(() => ended(child))
  const result = { ...(await measure({ url, cookie, pid: child.pid as number })), fillSeconds }
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name}: ${value}\n`)
})

/** So many people with names, towns and one list; returns how long that took, in seconds. */
async function fill(db: Database, people: number): Promise<number> {
  const startedAt = performance.now()
  const { rows } = await sql<{ id: string }>`
    insert into list (id, slug, name, created_at) values (gen_random_uuid(), 'bench', 'Bench', now()) returning id`.execute(
    db,
  )
  await sql`
    with person as (
      insert into subscriber (id, email, email_key, fields, created_at)
      select delivery_id(1700000000000 + n, sha256(int8send(n::bigint))), address, address,
        jsonb_build_object('FIRSTNAME', first, 'LASTNAME', last, 'CITY', (${TOWNS}::text[])[1 + n / 7 % 10]), now()
      from (
        select n, first, last, lower(first || '.' || last) || n || '@' || (${DOMAINS}::text[])[1 + n % 5] as address
        from (
          select n, (${FIRST}::text[])[1 + n % 10] as first, (${LAST}::text[])[1 + n / 3 % 8] as last
          from generate_series(1, ${people}::int) n
        ) named
      ) addressed
      returning id
    )
    insert into subscription (list_id, subscriber_id, status, created_at, confirmed_at)
    select ${rows[0]?.id}, id, 'confirmed', now(), now() from person`.execute(db)
  await sql`vacuum analyze subscriber, subscription`.execute(db)
  return Math.round((performance.now() - startedAt) / 100) / 10
}

/** What people type while they look for somebody: beginnings that grow, parts, towns, numbers, several words, and what nobody is called. */
function searches(people: number): string[] {
  const some = Math.floor(people * 0.37)
  const growing = (word: string) => Array.from({ length: word.length }, (_, at) => word.slice(0, at + 1))
  return [
    ...growing(`aino.rossi${some}`),
    ...growing('giulia horvat'),
    ...TOWNS,
    ...DOMAINS,
    `n${some}@`,
    String(some),
    String(some + 1).slice(1),
    `galway papadaki ${String(some).slice(0, 3)}`,
    'virtanen oulu',
    'works.example kaunas',
    'nobody.is.called.so',
    'zzz',
    'xq',
  ]
}

async function measure({ url, cookie, pid }: { url: string; cookie: string; pid: number }) {
  const asked = searches(options.subscribers)
  const times: { search: string; ms: number }[] = []
  for (let number = 0; number < WARM_UP + options.searches; number++) {
    const search = asked[number % asked.length] ?? ''
    const startedAt = performance.now()
    const answer = await fetch(`${url}/subscribers?${new URLSearchParams({ q: search })}`, {
      headers: { cookie, 'HX-Request': 'true' },
    })
    const html = await answer.text()
    if (answer.status !== 200 || html.includes('This takes too long'))
      throw new Error(`The search for ${search} was not answered.`)
    if (html.split('name="id"').length - 1 > PAGE_LENGTH) throw new Error('A page is too long.')
    if (number >= WARM_UP) times.push({ search, ms: performance.now() - startedAt })
  }
  const sorted = times.toSorted((a, b) => a.ms - b.ms)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)]?.ms ?? 0) * 10) / 10
  return {
    subscribers: options.subscribers,
    searches: options.searches,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: Math.round((sorted.at(-1)?.ms ?? 0) * 10) / 10,
    slowest: sorted.at(-1)?.search,
    peakRssMb: usageOf(pid).peakRssMb,
  }
}
