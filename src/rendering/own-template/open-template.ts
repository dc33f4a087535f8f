import { escapeHtml } from '../merge/render-template.js'
import type { Marks } from '../merge/marks.js'
import { unclosedTag } from '../mjml-to-html.js'
import { LARGEST_TEMPLATE, type OwnTemplate, type TemplateProblem } from './own-template.js'
import { type PlaceOfBlocks, placeOfBlocks } from './place-of-blocks.js'
import { refusedMarkup } from './refused-markup.js'
import { BLOCKS_SLOT, fillSlots, flatten, maskSlots } from './slots.js'

/** A template made ready for the issues of a brand: its shell around given blocks, and one that holds nothing else. */
export type OpenedTemplate = {
  shell(blocks: string): string
  plainShell(blocks: string): string
  /** Its source with the merge tags hidden. */
  hidden: string
}

export type Opening = {
  marks: Pick<Marks, 'hide'>
  /** Colours, and the sides of the reading direction. */
  look: object
  subject: string
  preheader: string
}

const MOST_PROBLEMS = 50

/** Makes a template ready, and says what is wrong with it. `opened` is null when it cannot be used at all; never throws. */
export function openTemplate(
  template: OwnTemplate,
  { marks, look, subject, preheader }: Opening,
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
  const values = { ...flatten(look), subject, preheader }
  const fill = (text: string, blocks: string) => fillSlots(text, { ...values, [BLOCKS_SLOT]: blocks })
  const [before, after] = around(template, { marks, place })
  return {
    opened: {
      shell: (blocks) => fill(hidden, blocks),
      plainShell: (blocks) => fill(before, '') + blocks + fill(after, ''),
      hidden,
    },
    problems: wrongTags.slice(0, MOST_PROBLEMS),
  }
}

const TOO_LARGE = `A template has at most ${LARGEST_TEMPLATE.toLocaleString('en')} characters.`

function around(
  { format }: OwnTemplate,
  { marks, place }: { marks: Opening['marks']; place: PlaceOfBlocks },
): readonly [string, string] {
  if (format === 'html' || !place.around) return ['', '']
  const [before, after] = place.around
  return [marks.hide(before, () => undefined), after]
}

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

/** The words of an issue as a shell may show them. */
export function shellWords(words: { subject: string; preheader: string }): {
  subject: string
  preheader: string
} {
  return { subject: escapeHtml(words.subject), preheader: escapeHtml(words.preheader) }
}
