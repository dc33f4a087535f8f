import { cleanMarkup } from './clean-markup.js'
import { detectDialect, habitsOf } from './detect-dialect.js'
import { mergeFinder } from './find-merge-tags.js'
import { reportForeignTags } from './foreign-tags.js'
import type { ImportEntry, ImportedTemplate, Report } from './imported-template.js'
import { UNSUBSCRIBE } from './meaning.js'
import { readMarkup } from './read-markup.js'
import { createReport } from './report.js'
import { translateMerges } from './translate-merges.js'

const MOST_ROUNDS = 6

/**
 * Translates a newsletter template of another service into ours: merge tags, old MJML, and without anything that a mail
 * must not hold. Never throws; what it cannot say stays visible and is reported with its place.
 */
export function importTemplate(source: string): ImportedTemplate {
  const isMjml = /<(?:mjml|mj-body|mj-section|mj-container)[\s/>]/i.test(source)
  const first = translate(source, isMjml)
  let { text, fields } = first
  // What is taken out can bring together what stood apart: the result must be one that stays as it is.
  for (let round = 1; round < MOST_ROUNDS && (round > 1 || text !== source); round++) {
    const again = translate(text, isMjml)
    if (again.text === text) break
    const said = new Set(first.entries.map(keyOf))
    first.entries.push(...again.entries.filter((entry) => !said.has(keyOf(entry))))
    ;({ text, fields } = again)
  }
  const report = byPlace([...first.entries, ...unsubscribeEntry(text)])
  const shared = { dialect: detectDialect(source), report, fields }
  return isMjml ? { ...shared, format: 'mjml', mjml: text } : { ...shared, format: 'html', html: text }
}

type Translated = { text: string; fields: string[]; entries: ImportEntry[] }

function translate(source: string, isMjml: boolean): Translated {
  const { report, entries } = createReport(source)
  const markup = readMarkup(source, mergeFinder(source))
  const { pieces, remotePictures } = cleanMarkup(markup, isMjml, report)
  reportForeignTags(markup, report)
  const translated = translateMerges(pieces, habitsOf(source), report)
  reportPictures(remotePictures, report)
  return { ...translated, entries }
}

function reportPictures(places: readonly number[], report: Report): void {
  const [first] = places
  if (first === undefined) return
  const count = places.length === 1 ? 'One picture is' : `${places.length} pictures are`
  report('changed', first, '', `${count} loaded from where they were: copy them before that place is gone.`)
}

function unsubscribeEntry(text: string): ImportEntry[] {
  // What stands in a comment is seen by nobody.
  const visible = text.replace(/<!--(?!\[if)[\s\S]*?(?:-->|$)/gi, '')
  if (visible.toUpperCase().includes(UNSUBSCRIBE.toUpperCase())) return []
  const message =
    'There is no unsubscribe link: the footer of an issue adds it; a mail without our footer must have {{ links.UNSUBSCRIBE }}.'
  return [{ severity: 'untranslated', line: 1, column: 1, tag: '', message }]
}

/** What a later round says again, about a place that has moved, is nothing new. */
function keyOf({ severity, tag, message }: ImportEntry): string {
  return `${severity} ${tag} ${message}`
}

function byPlace(entries: ImportEntry[]): ImportEntry[] {
  return entries.sort((one, other) => one.line - other.line || one.column - other.column)
}
