import { fillTemplate } from '../mail-templates.js'
import { MARK_WORD, withoutMarkWords } from '../merge/mark-words.js'
import { createMarks } from '../merge/marks.js'
import { mjmlToHtml } from '../mjml-to-html.js'
import { undescribedPictures } from '../own-mjml.js'
import { RAW_CUT } from '../stitch-mail.js'
import { openTemplate } from './open-template.js'
import type { OwnTemplate, TemplateProblem } from './own-template.js'
import { SAMPLE_LOOK } from './slots.js'

const MOST_PROBLEMS = 50
export type CheckedTemplate = {
  /** Whether issues can be made with it; one that cannot is not used. */
  isUsable: boolean
  problems: TemplateProblem[]
}

/** Compiles a template strictly, without blocks: what is wrong in which line, errors first. `fields` are all names of merge fields. */
export async function checkTemplate(
  template: OwnTemplate,
  fields: readonly string[],
): Promise<CheckedTemplate> {
  const marks = createMarks(template.source, fields)
  const base = fillTemplate('blocks/base.mjml', SAMPLE_LOOK)
  const values = { ...SAMPLE_LOOK, base, subject: '', preheader: '' }
  const { opened, problems } = openTemplate(template, { marks, values })
  if (!opened) return { isUsable: false, problems: inOrder(problems) }
  const complaints = template.format === 'mjml' ? await complaintsOf(opened.shell(RAW_CUT)) : []
  return { isUsable: true, problems: inOrder([...problems, ...complaints, ...advice(template)]) }
}

async function complaintsOf(mjml: string): Promise<TemplateProblem[]> {
  const { html, errors } = await mjmlToHtml(mjml)
  const found = errors.map(({ line, message }): TemplateProblem => {
    return { severity: 'error', line, column: null, message: withoutMarkWords(message) }
  })
  return html === '' ? found : [...found, ...lostTags(mjml, html)]
}

/** MJML drops words that stand between its sections or columns, and what is merged there with them. */
function lostTags(mjml: string, html: string): TemplateProblem[] {
  const shown = new Set(html.match(MARK_WORD))
  const visible = mjml.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  const lines = new Set(
    [...visible.matchAll(MARK_WORD)]
      .filter(([word]) => !shown.has(word))
      .map(({ index }) => mjml.slice(0, index).split('\n').length),
  )
  const message =
    'MJML drops what stands here: put it into mj-text, or a condition between sections into mj-raw.'
  return [...lines].map((line) => ({ severity: 'error', line, column: null, message }))
}

function advice(template: OwnTemplate): TemplateProblem[] {
  const { source, format } = template
  const warnings: TemplateProblem[] = undescribedPictures(source).map((warning) => ({
    ...warning,
    column: null,
  }))
  const warn = (message: string) => warnings.push({ severity: 'warning', line: 1, column: null, message })
  if (!/\{\{\{?\s*preheader\s*\}?\}\}/.test(source))
    warn(
      format === 'mjml'
        ? 'The preheader is nowhere: put <mj-preview>{{preheader}}</mj-preview> into mj-head.'
        : 'The preheader is nowhere: write {{preheader}} at the beginning of the body, hidden.',
    )
  if (!/<(?:mjml|html)\b[^>]*\slang\s*=/i.test(source))
    warn('Say the language, for those who have mail read out to them: lang="{{language}}" in the first tag.')
  return warnings
}

function inOrder(problems: readonly TemplateProblem[]): TemplateProblem[] {
  const rank = ({ severity, line }: TemplateProblem) => (severity === 'error' ? 0 : 1_000_000) + (line ?? 0)
  return problems.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_PROBLEMS)
}
