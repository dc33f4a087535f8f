import { findTags } from './find-tags.js'
import type { Template } from './template.js'

/** A merge tag that cannot be used, with its place in the source; lines and columns count from 1. */
export type MergeError = { message: string; line: number; column: number }

/** `conditions` are the places of the template's conditions, in the order in which they begin. */
export type ParsedMerge = {
  template: Template
  errors: MergeError[]
  conditions: { line: number; column: number }[]
}

type Tag =
  | { kind: 'field'; name: string; fallback: string }
  | { kind: 'if'; name: string }
  | { kind: 'else' }
  | { kind: 'end' }
  | { kind: 'wrong'; message: string }

type Frame = { name: string; at: number; then: Template[number][]; otherwise: Template[number][] | null }

/**
 * Reads the merge fields and conditions of an author's text in both spellings, `<<contact.EMAIL>>` and
 * `{{ contact.EMAIL }}`, also when an editor escaped them. Never throws: what is not a merge field stays as it was
 * written and is reported. `known` are the names such as contact.EMAIL; fields get the place `text`.
 */
export function parseMerge(source: string, known: readonly string[]): ParsedMerge {
  const errors: MergeError[] = []
  const root: Template[number][] = []
  const open: Frame[] = []
  const conditions: ParsedMerge['conditions'] = []
  const report = (at: number, message: string) => errors.push({ message, ...placeOf(source, at) })
  const current = () => {
    const frame = open.at(-1)
    return frame ? (frame.otherwise ?? frame.then) : root
  }
  let end = 0
  for (const found of findTags(source)) {
    const { at } = found
    append(current(), source.slice(end, at))
    end = found.end
    const tag = 'broken' in found ? wrong(found.broken) : readTag(found.inside, known)
    if (tag.kind === 'field') current().push({ field: tag.name, fallback: tag.fallback, place: 'text' })
    else if (tag.kind === 'if') {
      conditions.push(placeOf(source, at))
      open.push({ name: tag.name, at, then: [], otherwise: null })
    } else if (tag.kind === 'wrong') {
      report(at, tag.message)
      append(current(), source.slice(at, end))
    } else {
      const problem = tag.kind === 'else' ? startElse(open) : closeCondition(open, root)
      if (problem) report(at, problem)
    }
  }
  append(current(), source.slice(end))
  for (const frame of open.toReversed()) {
    report(frame.at, 'This condition is never closed: add <</if>> where it ends.')
    closeCondition(open, root)
  }
  return { template: root, errors, conditions }
}

function append(nodes: Template[number][], text: string): void {
  if (text === '') return
  const last = nodes.at(-1)
  if (typeof last === 'string') nodes[nodes.length - 1] = last + text
  else nodes.push(text)
}

function startElse(open: Frame[]): string | null {
  const frame = open.at(-1)
  if (!frame) return 'There is an <<else>> without an <<#if …>> before it.'
  if (frame.otherwise) return 'This condition has a second <<else>>.'
  frame.otherwise = []
  return null
}

function closeCondition(open: Frame[], root: Template[number][]): string | null {
  const frame = open.pop()
  if (!frame) return 'There is an <</if>> without an <<#if …>> before it.'
  const outer = open.at(-1)
  const nodes = outer ? (outer.otherwise ?? outer.then) : root
  nodes.push({ if: frame.name, then: frame.then, else: frame.otherwise ?? [] })
  return null
}

function readTag(raw: string, known: readonly string[]): Tag {
  const inside = decodeEntities(raw)
    .replace(/\u00a0/g, ' ')
    .trim()
  if (/^else$/i.test(inside)) return { kind: 'else' }
  if (/^\/\s*if$/i.test(inside)) return { kind: 'end' }
  const condition = /^#\s*if\s+(\S+)$/i.exec(inside)
  if (condition) return named(condition[1] ?? '', known, (name) => ({ kind: 'if', name }))
  const field = /^([^\s|]+)\s*(?:\|\s*default\s*:\s*([\s\S]+))?$/i.exec(inside)
  if (!field || !/^[a-z]+\.[a-z][a-z0-9_]*$/i.test(field[1] ?? '')) {
    return wrong(`“${shorten(inside)}” is not a merge field. Merge fields look like <<contact.EMAIL>>.`)
  }
  const fallback = field[2] === undefined ? '' : unquote(field[2])
  if (fallback === null) {
    return wrong(`Put the default of “${shorten(inside)}” in quotes: | default: "reader".`)
  }
  return named(field[1] ?? '', known, (name) => ({ kind: 'field', name, fallback }))
}

function named(written: string, known: readonly string[], use: (name: string) => Tag): Tag {
  const name = known.find((candidate) => candidate.toLowerCase() === written.toLowerCase())
  if (name) return use(name)
  const near = nearest(written, known)
  const hint = near ? ` Did you mean ${near}?` : ''
  return wrong(`There is no merge field ${shorten(written)}.${hint}`)
}

function wrong(message: string): Tag {
  return { kind: 'wrong', message }
}

function unquote(text: string): string | null {
  const match =
    /^(["'\u201c\u201d\u201e\u2018\u2019\u201a])([\s\S]*)(["'\u201c\u201d\u201e\u2018\u2019\u201a])$/.exec(
      text.trim(),
    )
  return match ? (match[2] ?? '').replace(/\\(["'\\])/g, '$1') : null
}

function decodeEntities(text: string): string {
  const names: Record<string, string> = { quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ', amp: '&' }
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(quot|apos|lt|gt|nbsp|amp));/gi,
    (whole, dec, hex, name) => {
      if (name) return names[String(name).toLowerCase()] ?? whole
      const code = dec ? Number(dec) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function placeOf(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function nearest(written: string, known: readonly string[]): string | null {
  const scored = known.map((name) => ({
    name,
    distance: editDistance(written.toLowerCase(), name.toLowerCase()),
  }))
  const best = scored.sort((a, b) => a.distance - b.distance)[0]
  return best && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : null
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= Math.min(a.length, 80); i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
