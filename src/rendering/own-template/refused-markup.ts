import { cleanMarkup } from '../template-import/clean-markup.js'
import { mergeFinder } from '../template-import/find-merge-tags.js'
import { readMarkup } from '../template-import/read-markup.js'
import { createReport } from '../template-import/report.js'
import type { OwnTemplate, TemplateProblem } from './own-template.js'

const KEPT = 20
const kept = new Map<string, TemplateProblem[]>()

/** What a template may not hold: all that an import would take out of it, since it acts, loads or hides. The latest answers are remembered. */
export function refusedMarkup({ format, source }: OwnTemplate): TemplateProblem[] {
  const key = `${format} ${source}`
  const found = kept.get(key) ?? look(source, format)
  kept.delete(key)
  kept.set(key, found)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return found
}

function look(source: string, format: OwnTemplate['format']): TemplateProblem[] {
  const { report, entries } = createReport(source)
  cleanMarkup(readMarkup(source, mergeFinder(source)), format === 'mjml', report)
  return entries
    .filter(({ severity }) => severity === 'removed')
    .map(({ line, column, tag, message }) => ({
      severity: 'error',
      line,
      column,
      message: tag ? `${tag.slice(0, 40)}: ${message}` : message,
    }))
}
