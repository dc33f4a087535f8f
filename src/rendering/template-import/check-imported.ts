import { mergeFieldNames } from '../compile-edition.js'
import { MARK_WORD, withoutMarkWords } from '../merge/mark-words.js'
import { createMarks } from '../merge/marks.js'
import { mjmlToHtml, unclosedTag } from '../mjml-to-html.js'
import type { ImportEntry, ImportedTemplate } from './imported-template.js'

const LARGEST_MJML = 500_000
const MOST_COMPLAINTS = 100

/** What our compiler says about a translated template, and for MJML the HTML it makes; `problems` are places in the translated text. */
export type CheckedImport = { html: string; problems: ImportEntry[] }

/** Compiles a translated template as an issue would be, so that the report can say which line does not work. Never throws. */
export async function checkImported(imported: ImportedTemplate): Promise<CheckedImport> {
  const source = imported.format === 'mjml' ? imported.mjml : imported.html
  if (source.length > LARGEST_MJML)
    return { html: '', problems: [problem(1, 'This template is too large to be tried.')] }
  try {
    return await check(source, imported)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { html: '', problems: [problem(1, `This template cannot be compiled: ${message}`)] }
  }
}

async function check(source: string, { format, fields, report }: ImportedTemplate): Promise<CheckedImport> {
  const marks = createMarks(source, mergeFieldNames(fields))
  const known = new Set(report.filter(isKeptTag).map(({ line }) => line))
  const problems: ImportEntry[] = []
  const hidden = marks.hide(source, ({ line, message }) => {
    if (!known.has(line) && problems.length < MOST_COMPLAINTS) problems.push(problem(line, message))
  })
  if (format === 'html')
    return { html: source, problems: [...problems, problem(1, HTML_UNCHECKED, 'changed')] }
  const unclosed = unclosedTag(hidden)
  if (unclosed) problems.push(problem(unclosed.line ?? 1, unclosed.message))
  const { html, errors } = await mjmlToHtml(hidden)
  for (const { line, message } of errors.slice(0, MOST_COMPLAINTS))
    problems.push(problem(line ?? 1, withoutMarkWords(message)))
  if (errors.length === 0 || html !== '') problems.push(...lostTags(hidden, html))
  return { html, problems }
}

/** A tag that the import left as it was is in its report already. */
function isKeptTag({ severity, tag }: ImportEntry): boolean {
  return severity === 'untranslated' && tag !== ''
}

const HTML_UNCHECKED =
  'This is kept as HTML: whether mail programs show it as meant can only be seen in a test mail.'

function lostTags(hidden: string, html: string): ImportEntry[] {
  const shown = new Set(html.match(MARK_WORD))
  const lost = [...hidden.matchAll(MARK_WORD)].filter(([word]) => !shown.has(word))
  if (lost.length === 0) return []
  const line = hidden.slice(0, lost[0]?.index ?? 0).split('\n').length
  return [problem(line, `MJML drops what stands here: ${lost.length} merge tags would be lost.`)]
}

function problem(
  line: number,
  message: string,
  severity: ImportEntry['severity'] = 'untranslated',
): ImportEntry {
  return { severity, line, column: 1, tag: '', message }
}
