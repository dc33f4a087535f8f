import type { FoundMerge, MergeFinder } from './find-merge-tags.js'

/** A piece of an attribute's value: text, or a merge tag with what was written. */
export type ValuePart = string | { merge: FoundMerge; raw: string }

/** An attribute as written, or a merge tag that stands between attributes (`loose`). */
export type Attribute = {
  at: number
  before: string
  name: string
  equals: string
  quote: '' | '"' | "'"
  value: ValuePart[]
  loose: FoundMerge | null
}

/** A tag with its name in small letters; `tail` is what stands between the last attribute and `>`. */
export type MarkupTag = {
  name: string
  closing: boolean
  selfClosing: boolean
  attributes: Attribute[]
  tail: string
  end: number
}

type Source = { source: string; find: MergeFinder; limit: number }

const NAME = /<(\/?)([a-zA-Z][^\s/><]*)/y
const SPACE = /[\s/]*/y
const ATTRIBUTE = /=?[^\s/>=<]*/y
const EQUALS = /\s*=\s*/y
const MERGE_STARTS = '*{&%<'

/** Reads the tag that begins at a place; null when it never ends or another begins inside it. */
export function readTag(from: Source, at: number): MarkupTag | null {
  const [opening = '', slash = '', name = ''] = take(from, NAME, at)
  let pos = at + opening.length
  const attributes: Attribute[] = []
  while (opening !== '') {
    const before = take(from, SPACE, pos)[0] ?? ''
    pos += before.length
    if (pos >= from.limit) return null
    if (from.source[pos] === '>') {
      const selfClosing = before.endsWith('/')
      return {
        name: name.toLowerCase(),
        closing: slash !== '',
        selfClosing,
        attributes,
        tail: before,
        end: pos + 1,
      }
    }
    const read = readLoose(from, pos, before) ?? readAttribute(from, pos, before)
    if (!read) return null
    attributes.push(read.attribute)
    pos = read.end
  }
  return null
}

type Read = { attribute: Attribute; end: number } | null

function take({ source }: Source, pattern: RegExp, at: number): string[] {
  pattern.lastIndex = at
  return pattern.exec(source) ?? []
}

function mergeAt({ source, find, limit }: Source, at: number): FoundMerge | null {
  const found = MERGE_STARTS.includes(source[at] ?? ' ') ? find(at) : null
  return found && found.end <= limit ? found : null
}

function readLoose(from: Source, at: number, before: string): Read {
  const loose = mergeAt(from, at)
  if (!loose) return null
  const raw = from.source.slice(at, loose.end)
  return { attribute: { at, before, name: raw, equals: '', quote: '', value: [], loose }, end: loose.end }
}

function readAttribute(from: Source, at: number, before: string): Read {
  const name = take(from, ATTRIBUTE, at)[0] ?? ''
  if (name === '') return null
  const equals = take(from, EQUALS, at + name.length)[0] ?? ''
  const start = at + name.length + equals.length
  const attribute: Attribute = { at, before, name, equals, quote: '', value: [], loose: null }
  if (equals === '') return { attribute, end: start }
  const first = from.source[start]
  attribute.quote = first === '"' || first === "'" ? first : ''
  const end = readValue(from, attribute, start + attribute.quote.length)
  return end === null ? null : { attribute, end: end + attribute.quote.length }
}

const STOPS = { '"': /["*{&%<[]/g, "'": /['*{&%<[]/g, '': /[\s>*{&%<[]/g }

/** Reads a value into its attribute; gives the place of what ends it. */
function readValue(from: Source, { quote, value }: Attribute, start: number): number | null {
  const { source, find, limit } = from
  const stop = STOPS[quote]
  let textFrom = start
  let at = start
  for (;;) {
    stop.lastIndex = at
    at = stop.exec(source)?.index ?? limit
    if (at >= limit) return null
    const merge = find(at)
    if (merge && merge.end <= limit) {
      if (at > textFrom) value.push(source.slice(textFrom, at))
      value.push({ merge, raw: source.slice(at, merge.end) })
      at = merge.end
      textFrom = at
      continue
    }
    const character = source[at] ?? ''
    if (quote === '' ? /[\s>]/.test(character) : character === quote) break
    if (quote === '' && character === '<') return null
    at++
  }
  if (at > textFrom) value.push(source.slice(textFrom, at))
  return at
}
