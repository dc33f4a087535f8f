import type { Context } from '../context.js'
import { givePlaceForBlocks } from '../rendering/own-template/give-place.js'
import { LARGEST_TEMPLATE, type OwnTemplate } from '../rendering/own-template/own-template.js'
import { BLOCKS_SLOT, slotsIn } from '../rendering/own-template/slots.js'
import { checkImported } from '../rendering/template-import/check-imported.js'
import { importTemplate } from '../rendering/template-import/import-template.js'
import type { ImportEntry, ImportedTemplate } from '../rendering/template-import/imported-template.js'
import { contactKeys } from './contact-keys.js'

/** An entry of the report; its line is one of what was imported, or of what came of it. */
export type ReportEntry = ImportEntry & { isOfResult: boolean }

export type ImportResult = {
  template: OwnTemplate
  dialect: ImportedTemplate['dialect']
  /** The keys of the contact that it uses, and those of them that no contact here has. */
  fields: string[]
  unknownFields: string[]
  report: ReportEntry[]
}

/** Translates a template of another service, gives it a place for blocks, and says all that somebody should know before it is used. Never throws. */
export async function importForeign(ctx: Pick<Context, 'db'>, source: string): Promise<ImportResult> {
  const imported = importTemplate(source)
  const [{ problems }, known] = await Promise.all([checkImported(imported), contactKeys(ctx)])
  const { format, dialect, fields } = imported
  const text = imported.format === 'mjml' ? imported.mjml : imported.html
  const { template, line } = givePlaceForBlocks({ format, source: text })
  // Where a line was put in, all that follows it is a line further down.
  const added = template.source.split('\n').length - text.split('\n').length
  const moved = (at: number) => (line !== null && at >= line ? at + added : at)
  const unknownFields = fields.filter((field) => !known.includes(field))
  return {
    template,
    dialect,
    fields,
    unknownFields,
    report: [
      ...imported.report.map((entry) => ({ ...forTemplates(entry), isOfResult: false })),
      ...problems.map((entry) => ({ ...entry, line: moved(entry.line), isOfResult: true })),
      ...unknownFields.map((field) => unknownEntry(field, template.source)),
      ...placeEntries(text, line).map((entry) =>
        entry.tag === PLACE_TAG ? entry : { ...entry, line: moved(entry.line) },
      ),
      ...sizeEntries(template.source),
    ],
  }
}

function unknownEntry(field: string, text: string): ReportEntry {
  const at = text.search(new RegExp(`contact\\.${field}\\b`, 'i'))
  return {
    severity: 'untranslated',
    line: text.slice(0, Math.max(0, at)).split('\n').length,
    column: 1,
    tag: `contact.${field}`,
    message: 'No subscriber here has this field: add it to the fields, or use another one.',
    isOfResult: true,
  }
}

/** An issue has a footer block, and that the way out. */
function forTemplates(entry: ImportEntry): ImportEntry {
  if (entry.tag !== '' || !entry.message.startsWith('There is no unsubscribe link')) return entry
  const message = 'There is no unsubscribe link in it: the footer block of every issue brings one.'
  return { ...entry, severity: 'changed', message }
}

const PLACE_TAG = '{{blocks}}'

function placeEntries(text: string, line: number | null): ReportEntry[] {
  const slots = slotsIn(text)
  if (slots.some(({ name }) => name === BLOCKS_SLOT)) return []
  const place = { column: 1, tag: PLACE_TAG, isOfResult: true }
  if (line === null) return [{ ...place, severity: 'untranslated', line: 1, message: NO_PLACE }]
  return [{ ...place, severity: 'changed', line, message: PLACE }, ...slots.map(slotEntry)]
}

/** Our tags are longer than some others. */
function sizeEntries({ length }: string): ReportEntry[] {
  if (length <= LARGEST_TEMPLATE) return []
  const [most, now] = [LARGEST_TEMPLATE, length].map((count) => count.toLocaleString('en'))
  const message = `It has ${now} characters now, and a template at most ${most}: shorten it before it can be used.`
  return [{ severity: 'untranslated', line: 1, column: 1, tag: '', message, isOfResult: true }]
}

const NO_PLACE =
  'No place was found for the blocks of an issue: write {{blocks}} there once the rest is mended.'
const PLACE =
  'The blocks of an issue go here now: move this to where they belong, and take out the sample content around it.'

/** A word in braces of another service may be a slot here, where nobody expects one. */
function slotEntry({ name, line }: { name: string; line: number }): ReportEntry {
  const message =
    'In templates here this is a slot, which takes a colour or a word of the issue: write it otherwise.'
  return { severity: 'untranslated', line, column: 1, tag: `{{${name}}}`, message, isOfResult: true }
}
