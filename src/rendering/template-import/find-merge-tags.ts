import { findTags } from '../merge/find-tags.js'
import { decodePercent, decodeReferences } from './decode.js'
import { createNextIndex } from './next-index.js'

/** How a merge tag is written: `{{ }}`, `{% %}`, `{# #}`, `*| |*`, `[ ]`, or `<< >>`. */
export type MergeStyle = 'braces' | 'percent' | 'comment' | 'stars' | 'brackets' | 'angles'

/** A merge tag of any dialect; `inside` is decoded and trimmed, `at` and `end` are offsets of what was written. */
export type FoundMerge = { at: number; end: number; style: MergeStyle; inside: string }

export type MergeFinder = (at: number) => FoundMerge | null

const LONGEST = 1000
const BRACE = '(?:&#123;|&#x7b;|&lcub;|&lbrace;)'
const CLOSING_BRACE = '(?:&#125;|&#x7d;|&rcub;|&rbrace;)'
const BAR = '(?:\\||%7C|&#124;|&#x7c;|&vert;|&verbar;)'

type Form = { style: MergeStyle; opening: RegExp; closing: RegExp; encoded: boolean }
const form = (style: MergeStyle, opening: string, closing: string, encoded = false): Form => ({
  style,
  opening: new RegExp(opening, 'iy'),
  closing: new RegExp(closing, 'iy'),
  encoded,
})
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  '*': [form('stars', `\\*${BAR}`, `${BAR}\\*`)],
  '{': [
    form('braces', '\\{\\{', '\\}\\}'),
    form('percent', '\\{%', '%\\}'),
    form('comment', '\\{#(?=\\s)', '#\\}'),
  ],
  '&': [
    form('braces', `${BRACE}{2}`, `${CLOSING_BRACE}{2}`),
    form('percent', `${BRACE}%`, `%${CLOSING_BRACE}`),
  ],
  '%': [form('braces', '%7B%7B', '%7D%7D', true), form('percent', '%7B%(?:25)?', '%(?:25)?%7D', true)],
}
const OPENS_AGAIN = /\{\{|\{%|\*\||<</
const MEANT_AS_OURS = /^(?:#\s*if\b|\/\s*if\b|else$|(?:contact|issue|links)\.)/i
const BRACKETS = /\[([A-Z][A-Z0-9_]{1,60})(?:\/([^[\]\r\n<>]{0,200}))?\]/y

/** Prepares a source for finding merge tags in it, place by place; what our own parser reads as a tag is always one. */
export function mergeFinder(source: string): MergeFinder {
  const own = new Map<number, FoundMerge>()
  for (const tag of findTags(source)) {
    if ('broken' in tag) continue
    const style = source[tag.at] === '{' ? 'braces' : 'angles'
    const inside = plain(tag.inside)
    if (style === 'braces' || MEANT_AS_OURS.test(inside))
      own.set(tag.at, { ...widen(source, tag), style, inside })
  }
  const closings = new Map<Form, (from: number) => number>()
  for (const each of Object.values(FORMS).flat()) closings.set(each, createNextIndex(source, each.closing))
  return (at) => {
    const known = own.get(at)
    if (known) return known
    if (source[at] === '[') return readBrackets(source, at)
    for (const candidate of FORMS[source[at] ?? ''] ?? []) {
      const found = readForm(source, at, candidate, closings.get(candidate))
      if (found) return found
    }
    return null
  }
}

/** Three braces print without escaping elsewhere: the outer pair belongs to the tag. */
function widen(source: string, { at, end, inside }: { at: number; end: number; inside: string }) {
  return { at, end: inside.startsWith('{') && source[end] === '}' ? end + 1 : end }
}

type Closing = ((from: number) => number) | undefined

function readForm(source: string, at: number, form: Form, closingFrom: Closing): FoundMerge | null {
  const from = at + lengthAt(source, at, form.opening)
  if (from === at) return null
  const close = closingFrom?.(from) ?? Infinity
  if (close > from + LONGEST) return null
  const written = source.slice(from, close)
  if (OPENS_AGAIN.test(written) || (form.style === 'stars' && /[\r\n<]/.test(withoutLooks(written))))
    return null
  const inside = plain(form.encoded || form.style === 'stars' ? decodePercent(written) : written)
  return { at, end: close + lengthAt(source, close, form.closing), style: form.style, inside }
}

function lengthAt(source: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0].length ?? 0
}

function readBrackets(source: string, at: number): FoundMerge | null {
  BRACKETS.lastIndex = at
  const match = BRACKETS.exec(source)
  if (!match) return null
  // Two pairs are a tag of another service.
  if (source[at - 1] === '[' && source[at + match[0].length] === ']') return null
  return { at, end: at + match[0].length, style: 'brackets', inside: plain(match[0].slice(1, -1)) }
}

const LOOKS = /<(\/?)(span|font|b|i|u|em|strong|wbr)\b[^<>]{0,200}>/gi

/** Editors put elements that only dress words into tags: without those that begin and end in it. */
function withoutLooks(written: string): string {
  if (!written.includes('<') || /\bdefault\b/i.test(written)) return written
  const open: string[] = []
  for (const { 1: slash, 2: name = '' } of written.matchAll(LOOKS)) {
    const element = name.toLowerCase()
    if (element === 'wbr') continue
    if (!slash) open.push(element)
    else if (open.pop() !== element) return written
  }
  return open.length > 0 ? written : written.replace(LOOKS, '')
}

function plain(written: string): string {
  return decodeReferences(withoutLooks(written))
    .replace(/[\u00a0\s]+/g, ' ')
    .replace(/^\{/, '')
    .trim()
}
