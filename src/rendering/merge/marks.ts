import { createHash } from 'node:crypto'
import { type MergeError, parseMerge } from './parse-merge.js'
import type { Place, Template } from './template.js'

type Mark =
  | { kind: 'field'; field: string; fallback: string }
  | { kind: 'if'; field: string }
  | { kind: 'else' }
  | { kind: 'end' }

/**
 * Carries merge tags unharmed through sanitising, Handlebars and MJML: `hide` puts a plain word in the place of each
 * tag, `reveal` turns the finished text back into a template and finds out where each value lands.
 */
export type Marks = {
  hide(source: string, report: (error: MergeError) => void): string
  reveal(finished: string, kind: 'html' | 'text'): Template
}

/** Marks for one compilation; `everything` is all its source text, so that no mark can occur in it. */
export function createMarks(everything: string, known: readonly string[]): Marks {
  const prefix = prefixFor(everything)
  const marks: Mark[] = []
  const word = (mark: Mark) => `${prefix}${marks.push(mark) - 1}z`
  const flatten = (template: Template): string =>
    template
      .map((node) => {
        if (typeof node === 'string') return node
        if ('field' in node) return word({ kind: 'field', field: node.field, fallback: node.fallback })
        const start = word({ kind: 'if', field: node.if }) + flatten(node.then)
        const otherwise = node.else.length > 0 ? word({ kind: 'else' }) + flatten(node.else) : ''
        return start + otherwise + word({ kind: 'end' })
      })
      .join('')
  return {
    hide: (source, report) => {
      const { template, errors } = parseMerge(source, known)
      for (const error of errors) report(error)
      return flatten(template)
    },
    reveal: (finished, kind) =>
      reveal(finished, { pattern: new RegExp(`${prefix}(\\d+)z`, 'g'), marks, kind }),
  }
}

/** Nobody can write a text that holds the hash of itself, also not behind entities that are decoded later. */
function prefixFor(everything: string): string {
  return `m${createHash('sha256').update(everything).digest('hex').slice(0, 20)}q`
}

type Revealing = { pattern: RegExp; marks: readonly Mark[]; kind: 'html' | 'text' }

function reveal(finished: string, { pattern, marks, kind }: Revealing): Template {
  const root: Template[number][] = []
  const open: { if: string; then: Template[number][]; else: Template[number][]; inElse: boolean }[] = []
  const nodes = () => {
    const frame = open.at(-1)
    return frame ? (frame.inElse ? frame.else : frame.then) : root
  }
  let end = 0
  for (const match of finished.matchAll(pattern)) {
    if (match.index > end) nodes().push(finished.slice(end, match.index))
    end = match.index + match[0].length
    const mark = marks[Number(match[1])]
    if (!mark) continue
    if (mark.kind === 'field') {
      const place = kind === 'text' ? 'text' : placeAt(finished, match.index, mark.field)
      nodes().push({ field: mark.field, fallback: mark.fallback, place })
    } else if (mark.kind === 'if') open.push({ if: mark.field, then: [], else: [], inElse: false })
    else if (mark.kind === 'else') Object.assign(open.at(-1) ?? {}, { inElse: true })
    else {
      const { inElse: _, ...condition } = open.pop() ?? { if: '', then: [], else: [], inElse: false }
      nodes().push(condition)
    }
  }
  if (end < finished.length) nodes().push(finished.slice(end))
  return root
}

function placeAt(html: string, at: number, field: string): Place {
  const before = html.slice(Math.max(0, at - 4000), at)
  if (before.lastIndexOf('<') <= before.lastIndexOf('>')) return 'html'
  const attribute = /([a-z:-]+)="([^"]*)$/i.exec(before)
  if (!attribute || !/^(href|src|action|background)$/i.test(attribute[1] ?? '')) return 'html'
  if (attribute[2] === '') return 'link'
  return field.startsWith('links.') ? 'html' : 'url'
}
