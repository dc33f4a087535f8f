import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/project-root.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { openBrowser } from '../helpers/browser.js'
import { sampleValues } from '../helpers/sample-content.js'
import { contactSheet } from './contact-sheet.js'
import { everyLook, type Look, sampleLooks, wholeLooks } from './looks.js'
import { openDarkroom, photograph } from './photograph.js'
import { openSpamFilter, rawMail, type SpamFilter } from './spam-scores.js'

// npm run check:looks -- [--design letter] [--kind agenda] [--filling long] [--pages 2] [--json]
const FOLDER = join(projectRoot, 'test-output/looks')
const MOST_SPAM = 2
const { values: options } = parseArgs({
  options: {
    design: { type: 'string' },
    kind: { type: 'string' },
    filling: { type: 'string' },
    pages: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})

type Result = { look: Look; complaints: string[]; faults: string[]; pictures: string[]; spam: number | null }

const started = performance.now()
const looks = [...sampleLooks(), ...wholeLooks(), ...everyLook()].filter(
  ({ design, kind, filling }) =>
    (!options.design || design === options.design) &&
    (!options.kind || kind === options.kind) &&
    (!options.filling || filling === options.filling),
)
const filter = await openSpamFilter()
const browser = await openBrowser()
const results: Result[] = []
try {
  const waiting = looks.entries()
  await Promise.all(Array.from({ length: Number(options.pages) }, () => work(waiting)))
} finally {
  await browser.close()
  await filter?.close()
}
await sheets(results)
report(results)

async function work(waiting: IterableIterator<[number, Look]>): Promise<void> {
  const page = await openDarkroom(browser)
  for (const [, look] of waiting) {
    results.push(await examine(page, look))
    if (!options.json && results.length % 20 === 0) console.log(`${results.length} of ${looks.length}`)
  }
}

async function examine(page: Awaited<ReturnType<typeof openDarkroom>>, look: Look): Promise<Result> {
  const edition = await compileEdition(look.content)
  const mail = renderEdition(edition, sampleValues())
  const { design, kind, filling } = look
  const [{ faults, pictures }, spam] = await Promise.all([
    photograph(page, mail.html, { folder: join(FOLDER, design), name: `${kind}-${filling}` }),
    spamOf(filter, mail),
  ])
  // What an author left out is asked for elsewhere; here only the templates are on trial.
  const complaints = edition.problems.filter(({ field }) => field === null).map(({ message }) => message)
  if (mail.html.includes('<script>alert') || /<[^>]+\sonerror=/i.test(mail.html))
    complaints.push('something hostile came through')
  if (spam && spam.score >= MOST_SPAM) complaints.push(`SpamAssassin gives ${spam.score}: ${spam.rules}`)
  return { look, complaints, faults, pictures, spam: spam?.score ?? null }
}

async function spamOf(spamFilter: SpamFilter | null, mail: { subject: string; html: string; text: string }) {
  return spamFilter ? spamFilter.score(await rawMail(mail)) : null
}

async function sheets(all: readonly Result[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  for (const design of new Set(all.map(({ look }) => look.design)))
    for (const scheme of ['light', 'dark']) {
      const pictures = all
        .filter(({ look }) => look.design === design && look.kind !== 'all' && look.kind !== 'sample')
        .flatMap((result) => result.pictures)
        .filter((path) => path.endsWith(`-600-${scheme}.jpg`))
        .sort()
      if (pictures.length > 0) await contactSheet(pictures, join(FOLDER, `${design}-${scheme}.jpg`))
    }
}

function report(all: readonly Result[]): void {
  const wrong = all.flatMap(({ look: { design, kind, filling }, complaints, faults }) =>
    [...complaints, ...faults].map((fault) => `${design} ${kind} ${filling}: ${fault}`),
  )
  const scores = all.flatMap(({ spam }) => (spam === null ? [] : [spam]))
  const summary = {
    looks: all.length,
    pictures: all.reduce((sum, { pictures }) => sum + pictures.length, 0),
    complaints: all.reduce((sum, { complaints }) => sum + complaints.length, 0),
    axeFaults: all.reduce((sum, { faults }) => sum + faults.length, 0),
    spamScored: scores.length,
    spamMost: scores.length > 0 ? Math.max(...scores) : null,
    seconds: Math.round((performance.now() - started) / 1000),
    isGood: wrong.length === 0,
  }
  for (const line of wrong) console.error(line)
  console.log(options.json ? JSON.stringify(summary) : summary)
  process.exitCode = summary.isGood ? 0 : 1
}
