import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/project-root.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { openBrowser } from '../helpers/browser.js'
import { sampleValues } from '../helpers/sample-content.js'
import { contactSheet } from './contact-sheet.js'
import { everyLook, type Look, sampleLooks, wholeLooks } from './looks.js'
import { openDarkroom, type Photographed, photograph, type Shot } from './photograph.js'
import { openSpamFilter, rawMail } from './spam-scores.js'

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

const started = performance.now()
const isAsked = ({ design, filling }: Look) =>
  (!options.design || design === options.design) && (!options.filling || filling === options.filling)
const wrong: string[] = []

// One after the other: both cores are the browser's.
const mails = await examineMails(everyLook().filter((look) => isAsked(look) && isKindAsked(look)))
const photographed = await examineLooks([...sampleLooks(), ...wholeLooks()].filter(isAsked))
await sheets(photographed.flatMap(({ look, shots }) => shots.map((shot) => ({ look, shot }))))
report()

function isKindAsked({ kind }: Look): boolean {
  return !options.kind || kind === options.kind
}

/** Each kind of block in a mail of its own: it compiles without a complaint, nothing hostile comes through, and it is no spam. */
async function examineMails(looks: readonly Look[]): Promise<{ compiled: number; scores: number[] }> {
  const filter = await openSpamFilter()
  if (!filter) process.stderr.write('SpamAssassin is not installed here: no mail is scored.\n')
  const scores: number[] = []
  try {
    for (const look of looks) {
      const edition = await compileEdition(look.content)
      const mail = renderEdition(edition, sampleValues())
      // What an author left out is asked for elsewhere; here only the templates are on trial.
      for (const { field, message } of edition.problems) if (field === null) complain(look, message)
      if (/<script>alert|<[^>]+\sonerror=/i.test(mail.html)) complain(look, 'something hostile came through')
      const spam = await filter?.score(await rawMail(mail))
      if (spam) scores.push(spam.score)
      if (spam && spam.score >= MOST_SPAM) complain(look, `SpamAssassin gives ${spam.score}: ${spam.rules}`)
    }
  } finally {
    await filter?.close()
  }
  return { compiled: looks.length, scores }
}

/** All kinds of blocks under one another: pictures of each, wide and narrow, light and dark, and axe-core on all of it. */
async function examineLooks(looks: readonly Look[]): Promise<(Photographed & { look: Look })[]> {
  const browser = await openBrowser()
  const found: (Photographed & { look: Look })[] = []
  const waiting = looks.values()
  const work = async () => {
    const page = await openDarkroom(browser)
    for (const look of waiting) {
      const edition = await compileEdition(look.content, { hasAnchors: true })
      const { html } = renderEdition(edition, sampleValues())
      const name = look.kind === 'all' ? look.filling : look.kind
      const result = await photograph(page, html, { folder: join(FOLDER, look.design), name })
      for (const fault of result.faults) complain(look, fault)
      found.push({ ...result, look })
    }
  }
  await Promise.all(Array.from({ length: Number(options.pages) }, work)).finally(() => browser.close())
  return found
}

async function sheets(pictures: readonly { look: Look; shot: Shot }[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  for (const design of new Set(pictures.map(({ look }) => look.design)))
    for (const [width, scheme] of [
      [600, 'light'],
      [360, 'dark'],
    ] as const) {
      const shown = pictures
        .filter(({ look, shot }) => look.design === design && look.kind === 'all' && shot.kind !== 'whole')
        .filter(({ shot }) => shot.width === width && shot.scheme === scheme)
        .map(({ shot }) => shot.path)
        .sort()
      if (shown.length > 0) await contactSheet(shown, join(FOLDER, `${design}-${width}-${scheme}.png`))
    }
}

function complain({ design, kind, filling }: Look, what: string): void {
  wrong.push(`${design} ${kind} ${filling}: ${what}`)
}

function report(): void {
  const { compiled, scores } = mails
  const summary = {
    mails: compiled,
    pictures: photographed.reduce((sum, { shots }) => sum + shots.length, 0),
    axeRuns: photographed.length * 4,
    spamScored: scores.length,
    spamMost: scores.length > 0 ? Math.max(...scores) : null,
    wrong: wrong.length,
    seconds: Math.round((performance.now() - started) / 1000),
  }
  for (const line of wrong) process.stderr.write(`${line}\n`)
  process.stdout.write(`${JSON.stringify(summary, null, options.json ? 0 : 2)}\n`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
