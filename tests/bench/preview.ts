import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'
import { sampleNews } from '../../src/cli/sample/news.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { systemClock } from '../../src/clock.js'
import type { Context } from '../../src/context.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { insertBlocks } from '../../src/issues/insert-blocks.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { projectRoot } from '../../src/project-root.js'
import { BLOCK_KINDS } from '../../src/rendering/blocks.js'
import { endingAll } from '../helpers/ending-all.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent } from '../helpers/sample-content.js'
import { ended, usageOf } from './processes.js'
import { serve, signIn } from './web-process.js'

const whole = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback)
const Options = z.object({
  blocks: whole(25, 200),
  previews: whole(200, 5000),
  json: z.boolean().default(false),
})
const WARM_UP = 20

const options = Options.parse(
  parseArgs({
    options: { blocks: { type: 'string' }, previews: { type: 'string' }, json: { type: 'boolean' } },
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
  const ctx = { db, clock: systemClock }
  const desk = { ...(await signIn(ctx)), ...(await draft(ctx, options.blocks)) }
  const { url, child } = await serve(postgres.url)
  closers.push(() => ended(child))
  const result = await measure({ ...desk, url, pid: child.pid as number })
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name}: ${value}\n`)
})

type Needs = Pick<Context, 'db' | 'clock'>
type Desk = {
  cookie: string
  csrf: string
  issueId: string
  blockId: string
  version: number
  url: string
  pid: number
}

/** A draft with so many blocks of every kind, its masthead and footer counted; one text block is the one being written. */
async function draft(ctx: Needs, count: number): Promise<Pick<Desk, 'issueId' | 'blockId' | 'version'>> {
  await saveOrganisation(ctx, sampleOrganisation)
  const newsIds: string[] = []
  for (const item of sampleNews) newsIds.push(await createNewsItem(ctx, item, null))
  const issueId = await createIssue(ctx, { title: 'Bench', accountId: null })
  const kinds = BLOCK_KINDS.filter((kind) => !['footer', 'masthead', 'mjml'].includes(kind))
  const blocks = Array.from({ length: Math.max(1, count - 2) }, (_, at) =>
    filledBlock(at === 0 ? 'text' : (kinds[at % kinds.length] ?? 'text'), issueId, {
      text: `Dear {{ contact.FIRSTNAME | default: "reader" }}, five towns and one market hall. `,
      newsIds,
    }),
  )
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('block').where('issue_id', '=', issueId).execute()
    await insertBlocks(tx, { issueId, now: ctx.clock.now() }, sampleContent(blocks).blocks)
  })
  const issue = await issueWithBlocks(ctx, issueId)
  const blockId = issue.blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  return { issueId, blockId, version: issue.version }
}

/** Changes the text as a writer does, and asks for the preview after each change, through the running product. */
async function measure(desk: Desk) {
  const times: number[] = []
  let before = 0
  for (let number = 0; number < WARM_UP + options.previews; number++) {
    if (number === WARM_UP) before = usageOf(desk.pid).cpuSeconds
    await change(desk, desk.version + number, number)
    const startedAt = performance.now()
    const html = await preview(desk)
    if (number >= WARM_UP) times.push(performance.now() - startedAt)
    if (!html.includes(`Change number ${number}.`)) throw new Error('The preview does not show the change.')
  }
  const { cpuSeconds, peakRssMb } = usageOf(desk.pid)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return {
    blocks: options.blocks,
    previews: options.previews,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    // Saving the change is in it, too.
    cpuMsPerPreview: Math.round((10_000 * (cpuSeconds - before)) / options.previews) / 10,
    peakRssMb,
  }
}

async function change({ url, issueId, blockId, cookie, csrf }: Desk, version: number, number: number) {
  const html = `<p>Change number ${number}. ${'Words that somebody is writing. '.repeat(8)}</p>`
  const answer = await fetch(`${url}/issues/${issueId}/blocks/${blockId}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ _csrf: csrf, version: String(version), html }),
  })
  if (answer.status !== 303) throw new Error(`A change was answered with ${answer.status}.`)
}

async function preview({ url, issueId, cookie }: Desk): Promise<string> {
  const answer = await fetch(`${url}/issues/${issueId}/preview`, { headers: { cookie } })
  if (answer.status !== 200) throw new Error(`A preview was answered with ${answer.status}.`)
  return answer.text()
}
