import { createHash } from 'node:crypto'
import { type MergeError, parseMerge } from './parse-merge.js'
import { placeInHtml, placeInText } from './place-of-value.js'
import type { Template } from './template.js'
import { tornConditions } from './torn-conditions.js'

/** What a mark stands for; the marks of a condition carry the place where it begins in the source. */
export type Mark =
  | { kind: 'field'; field: string; fallback: string }
  | { kind: 'if'; field: string; line: number; column: number }
  | { kind: 'else'; line: number; column: number }
  | { kind: 'end'; line: number; column: number }

/**
 * Carries merge tags unharmed through sanitising, Handlebars and MJML: `hide` puts a plain word in the place of each
 * tag, `reveal` turns the finished text back into a template and finds out where each value lands.
 */
export type Marks = {
  hide(source: string, report: (error: MergeError) => void): string
  /** Frees the condition tags of a hidden rich text that have a paragraph to themselves, and reports conditions that cut elements in two. */
  settle(html: string, report: (error: MergeError) => void): string
  reveal(finished: string, kind: 'html' | 'text'): Template
}

/** Marks for one compilation; `everything` is all its source text, so that no mark can occur in it. */
export function createMarks(everything: string, known: readonly string[]): Marks {
  const prefix = prefixFor(everything)
  const marks: Mark[] = []
  const word = (mark: Mark) => `${prefix}${marks.push(mark) - 1}z`
  const flatten = (template: Template, places: { line: number; column: number }[]): string =>
    template
      .map((node) => {
        if (typeof node === 'string') return node
        if ('field' in node) return word({ kind: 'field', field: node.field, fallback: node.fallback })
        const place = places.shift() ?? { line: 1, column: 1 }
        const start = word({ kind: 'if', field: node.if, ...place }) + flatten(node.then, places)
        const otherwise =
          node.else.length > 0 ? word({ kind: 'else', ...place }) + flatten(node.else, places) : ''
        return start + otherwise + word({ kind: 'end', ...place })
      })
      .join('')
  const reading: Reading = {
    word: `${prefix}(\\d+)z`,
    markAt: (number) => marks[Number(number)] ?? null,
  }
  return {
    hide: (source, report) => {
      const { template, errors, conditions } = parseMerge(source, known)
      for (const error of errors) report(error)
      return flatten(template, [...conditions])
    },
    settle: (html, report) => {
      const alone = new RegExp(`<p[^>]*>\\s*((?:${prefix}\\d+z\\s*)+)</p>`, 'g')
      const settled = html.replace(alone, (whole, words: string) =>
        holdsFields(words, reading) ? whole : words.trim(),
      )
      for (const error of tornConditions(settled, reading)) report(error)
      return settled
    },
    reveal: (finished, kind) =>
      reveal(kind === 'text' ? closeUp(finished, reading) : finished, reading, kind),
  }
}

function holdsFields(words: string, { word, markAt }: Reading): boolean {
  return [...words.matchAll(new RegExp(word, 'g'))].some((match) => markAt(match[1])?.kind === 'field')
}

/** A condition tag on a line of its own takes its empty line with it, so that leaving out what it holds leaves no gap. */
function closeUp(text: string, reading: Reading): string {
  return text.replace(
    new RegExp(`(?<=^|\\n)[ \\t]*(${reading.word})[ \\t]*\\n+`, 'g'),
    (whole, word: string) => (holdsFields(word, reading) ? whole : word),
  )
}

/** Nobody can write a text that holds the hash of itself, also not behind entities that are decoded later. */
function prefixFor(everything: string): string {
  return `m${createHash('sha256').update(everything).digest('hex').slice(0, 20)}q`
}

/** How marks are found in a finished text: the pattern of their word, and what the number in it stands for. */
export type Reading = { word: string; markAt(number: string | undefined): Mark | null }

type Frame = { if: string; then: Template[number][]; else: Template[number][]; inElse: boolean }

function reveal(finished: string, reading: Reading, kind: 'html' | 'text'): Template {
  const root: Template[number][] = []
  const open: Frame[] = []
  const nodes = () => {
    const frame = open.at(-1)
    return frame ? (frame.inElse ? frame.else : frame.then) : root
  }
  const placeOf = kind === 'text' ? placeInText : placeInHtml
  const close = () => {
    const frame = open.pop()
    if (frame) nodes().push({ if: frame.if, then: frame.then, else: frame.else })
  }
  let end = 0
  for (const match of finished.matchAll(new RegExp(reading.word, 'g'))) {
    if (match.index > end) nodes().push(finished.slice(end, match.index))
    end = match.index + match[0].length
    const mark = reading.markAt(match[1])
    if (mark?.kind === 'field') {
      const place = placeOf(
        withoutConditions(finished.slice(Math.max(0, match.index - 4000), match.index), reading),
      )
      nodes().push({ field: mark.field, fallback: mark.fallback, place })
    } else if (mark?.kind === 'if') open.push({ if: mark.field, then: [], else: [], inElse: false })
    else if (mark?.kind === 'else') Object.assign(open.at(-1) ?? {}, { inElse: true })
    else if (mark?.kind === 'end') close()
  }
  if (end < finished.length) nodes().push(finished.slice(end))
  while (open.length > 0) close()
  return root
}

function withoutConditions(text: string, { word, markAt }: Reading): string {
  return text.replace(new RegExp(word, 'g'), (whole, number: string) =>
    markAt(number)?.kind === 'field' ? whole : '',
  )
}
