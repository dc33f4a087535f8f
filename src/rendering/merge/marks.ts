import { createHash } from 'node:crypto'
import { type Mark, placeMarks } from './place-marks.js'
import { type MergeError, parseMerge } from './parse-merge.js'
import type { ConditionNode, FieldNode, Template } from './template.js'

/**
 * Carries merge tags unharmed through sanitising, Handlebars and MJML: `hide` puts a plain word in the place of each
 * tag, `reveal` turns the finished text back into a template and finds out where each value lands.
 */
export type Marks = {
  hide(source: string, report: (error: MergeError) => void): string
  reveal(finished: string, kind: 'html' | 'text'): Template
  /** The marks of a piece of text, in order. */
  found(text: string): FoundMark[]
}

export type FoundMark = { mark: Mark; from: number; to: number }

/** Marks for one compilation; `everything` is all its source text, whose hash makes marks that nobody can have written into it. */
export function createMarks(everything: string, known: readonly string[]): Marks {
  const prefix = `mf${createHash('sha256').update(everything).digest('hex').slice(0, 16)}x`
  const pattern = new RegExp(`${prefix}(\\d+)z`, 'g')
  const marks: Mark[] = []
  const word = (mark: Mark) => `${prefix}${marks.push(mark) - 1}z`
  const flatten = (template: Template): string => template.map((node) => flattenNode(node)).join('')
  const flattenNode = (node: Template[number]): string => {
    if (typeof node === 'string') return node
    if ('field' in node) return word({ kind: 'field', field: node.field, fallback: node.fallback })
    const start = word({ kind: 'if', field: node.if }) + flatten(node.then)
    const otherwise = node.else.length > 0 ? word({ kind: 'else' }) + flatten(node.else) : ''
    return start + otherwise + word({ kind: 'end' })
  }
  const found = (text: string) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const mark = marks[Number(match[1])]
      return mark ? [{ mark, from: match.index, to: match.index + match[0].length }] : []
    })
  return {
    hide: (source, report) => {
      const { template, errors } = parseMerge(source, known)
      for (const error of errors) report(error)
      return flatten(template)
    },
    reveal: (finished, kind) => reveal(finished, placeMarks(finished, found(finished), kind)),
    found,
  }
}

type PlacedMark = ReturnType<typeof placeMarks>[number]
type Nodes = (string | FieldNode | ConditionNode)[]

function reveal(finished: string, placed: readonly PlacedMark[]): Template {
  const root: Nodes = []
  const open: { name: string; then: Nodes; otherwise: Nodes | null }[] = []
  const nodes = () => {
    const frame = open.at(-1)
    return frame ? (frame.otherwise ?? frame.then) : root
  }
  const close = () => {
    const frame = open.pop()
    if (frame) nodes().push({ if: frame.name, then: frame.then, else: frame.otherwise ?? [] })
  }
  let end = 0
  for (const { mark, from, to, place } of placed) {
    if (from > end) nodes().push(finished.slice(end, from))
    end = to
    const frame = open.at(-1)
    if (mark.kind === 'field') nodes().push({ field: mark.field, fallback: mark.fallback, place })
    else if (mark.kind === 'if') open.push({ name: mark.field, then: [], otherwise: null })
    else if (mark.kind === 'end') close()
    else if (frame) frame.otherwise = []
  }
  if (end < finished.length) nodes().push(finished.slice(end))
  while (open.length > 0) close()
  return root
}
