import type { Marks } from '../merge/marks.js'
import { escapeHtml } from '../merge/render-template.js'
import { unclosedTag } from '../mjml-to-html.js'
import { LARGEST_TEMPLATE, type OwnTemplate, type TemplateProblem } from './own-template.js'
import { type PlaceOfBlocks, placeOfBlocks } from './place-of-blocks.js'
import { refusedMarkup } from './refused-markup.js'
import { BLOCKS_SLOT, fillSlots, flatten, maskSlots, withBaseSlot } from './slots.js'

/** A template made ready for the issues of a brand: its shell around given blocks, and one that holds nothing else. */
export type OpenedTemplate = {
  shell(blocks: string): string
  plainShell(blocks: string): string
}

export type Opening = {
  marks: Pick<Marks, 'hide'>
  /** What slots take: everything of a look, the common part of the head, subject and preheader with their merge tags hidden. */
  values: object & { base: string; subject: string; preheader: string }
}

const MOST_PROBLEMS = 50

/** Makes a template ready, and says what is wrong with it. `opened` is null when it cannot be used at all; never throws. */
export function openTemplate(
  template: OwnTemplate,
  { marks, values }: Opening,
): { opened: OpenedTemplate | null; problems: TemplateProblem[] } {
  const { format, source } = template
  if (source.length > LARGEST_TEMPLATE) return refuse([error(1, TOO_LARGE)])
  const masked = maskSlots(source)
  const place = placeOfBlocks(masked, format)
  const problems = [...refusedMarkup(template), ...missing(template), ...misplaced(masked, place)]
  const wrongTags: TemplateProblem[] = []
  const hidden = marks.hide(masked, (wrong) => wrongTags.push({ severity: 'error', ...wrong }))
  const unclosed = format === 'mjml' ? unclosedTag(hidden) : null
  if (unclosed) problems.push(error(unclosed.line ?? 1, unclosed.message))
  if (problems.length > 0 || !place.around) return refuse([...problems, ...wrongTags])
  const texts = flatten({ ...values, ...inOneLine(values) })
  const [before, after] = place.around
  // The head's common part is for blocks: what the template itself holds is as its designer wrote it, unless the slot stands there.
  const start = withBaseSlot(marks.hide(before, () => undefined))
  const plainStart = fillSlots(start, { ...texts, subject: '', preheader: '' })
  return {
    opened: {
      shell: (blocks) => fillSlots(hidden, { ...texts, [BLOCKS_SLOT]: blocks }),
      plainShell: (blocks) => plainStart + blocks + after,
    },
    problems: wrongTags.slice(0, MOST_PROBLEMS),
  }
}

/** So that the lines that a compiler names are lines of the template; the words of an issue are text. */
function inOneLine({ base, subject, preheader }: Opening['values']) {
  return {
    base: base.replace(/\s*\n\s*/g, ' '),
    subject: escapeHtml(subject.replace(/[\r\n]+/g, ' ')),
    preheader: escapeHtml(preheader.replace(/[\r\n]+/g, ' ')),
  }
}

const TOO_LARGE = `A template has at most ${LARGEST_TEMPLATE.toLocaleString('en')} characters.`

function missing({ format, source }: OwnTemplate): TemplateProblem[] {
  if (format === 'html') return []
  if (!/<mjml[\s>]/i.test(source)) return [error(1, 'A template begins with <mjml>.')]
  return /<mj-body[\s>]/i.test(source) ? [] : [error(1, 'A template needs an <mj-body>.')]
}

function misplaced(masked: string, { at, message }: PlaceOfBlocks): TemplateProblem[] {
  if (message === null) return []
  const before = masked.slice(0, at).split('\n')
  return [{ severity: 'error', line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message }]
}

function refuse(problems: TemplateProblem[]): { opened: null; problems: TemplateProblem[] } {
  return { opened: null, problems: problems.slice(0, MOST_PROBLEMS) }
}

function error(line: number, message: string): TemplateProblem {
  return { severity: 'error', line, column: null, message }
}
