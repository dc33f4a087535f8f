import type { FoundMerge, MergeFinder } from './find-merge-tags.js'
import { createNextIndex } from './next-index.js'
import { type MarkupTag, readTag } from './read-tag.js'

/** What a source is made of, in order. `gone` are elements that a mail must not hold, with all that is in them. */
export type Markup =
  | { kind: 'text'; at: number; text: string }
  | { kind: 'comment'; at: number; text: string }
  | { kind: 'style'; at: number; text: string }
  | { kind: 'merge'; at: number; merge: FoundMerge; raw: string; isInTitle: boolean }
  | { kind: 'tag'; at: number; tag: MarkupTag; raw: string }
  | { kind: 'gone'; at: number; raw: string; name: string }
  | { kind: 'broken'; at: number }
  | { kind: 'cdata'; at: number; raw: string }

const GONE = ['script', 'iframe', 'object', 'applet', 'svg', 'math', 'select', 'textarea', 'audio', 'video']
const RAW = ['style', 'mj-style', 'title']
const CONDITIONAL = /<!--\[if[^\]>]{0,200}\]>/iy
const SHORT_COMMENT = /<!---?>/y
const CDATA = /<!\[CDATA\[/y
const TAG_START = /<\/?[a-zA-Z]/y
const BOGUS = /<[!?/]/y

type Reader = {
  source: string
  find: MergeFinder
  markup: Markup[]
  commentEnd: (from: number) => number
  bracketEnd: (from: number) => number
  closing: ReadonlyMap<string, (from: number) => number>
}

/** Cuts a source into markup. It reads as browsers do where they differ from what one might expect, so that nothing can hide. */
export function readMarkup(source: string, find: MergeFinder): Markup[] {
  const closing = new Map(
    [...GONE, ...RAW].map((name) => [name, createNextIndex(source, new RegExp(`</${name}(?=[\\s/>]|$)`))]),
  )
  const reader: Reader = {
    source,
    find,
    markup: [],
    commentEnd: createNextIndex(source, /--!?>/),
    bracketEnd: createNextIndex(source, />/),
    closing,
  }
  readRange(reader, 0, source.length)
  return reader.markup
}

function readRange(reader: Reader, from: number, limit: number, only: 'all' | 'merges' = 'all'): void {
  const { source, markup, find } = reader
  const interesting = only === 'all' ? /[<*{&%[]/g : /[*{&%[]/g
  let start = from
  let at = from
  const flush = (end: number) => {
    if (end <= start) return
    const text = source.slice(start, end)
    // To browsers a title holds no tags, to MJML it does: neither may find one.
    markup.push({
      kind: 'text',
      at: start,
      text: only === 'all' ? text : text.replace(/<(?=[a-z/!?])/gi, '&lt;'),
    })
  }
  while (at < limit) {
    interesting.lastIndex = at
    at = interesting.exec(source)?.index ?? limit
    if (at >= limit) break
    const merge = find(at)
    const before = markup.length
    let end = at
    if (merge && merge.end <= limit) {
      flush(at)
      end = merge.end
      markup.push({ kind: 'merge', at, merge, raw: source.slice(at, end), isInTitle: only === 'merges' })
    } else if (source[at] === '<' && only === 'all') end = readAngle(reader, at, limit, () => flush(at))
    at = end > at ? end : at + 1
    if (markup.length > before) start = end
  }
  flush(limit)
}

function startsWith(pattern: RegExp, { source }: Reader, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0].length ?? 0
}

/** Reads what begins with `<`; gives the place behind it, or the same place when it is only a letter. */
function readAngle(reader: Reader, at: number, limit: number, flush: () => void): number {
  const { source, markup } = reader
  if (at + 4 <= limit && source.startsWith('<!--', at)) {
    flush()
    return readComment(reader, at, limit)
  }
  const cdata = startsWith(CDATA, reader, at)
  if (cdata > 0) {
    flush()
    markup.push({ kind: 'cdata', at, raw: '<![CDATA[' })
    return at + cdata
  }
  if (startsWith(TAG_START, reader, at) > 0) {
    flush()
    return readElement(reader, at, limit)
  }
  if (startsWith(BOGUS, reader, at) === 0) return at
  flush()
  const end = reader.bracketEnd(at) + 1
  if (end > limit) {
    // The ending of an Outlook condition is cut off before its `-->`.
    markup.push({ kind: 'comment', at, text: source.slice(at, limit) })
    return limit
  }
  // A comment to browsers; whoever reads it as something else must not find a tag in it.
  markup.push({ kind: 'comment', at, text: `<${source.slice(at + 1, end).replaceAll('<', '&lt;')}` })
  return end
}

function readComment(reader: Reader, at: number, limit: number): number {
  const { source, markup } = reader
  const short = startsWith(SHORT_COMMENT, reader, at)
  const close = reader.commentEnd(at + 4)
  const long = close + (source[close + 2] === '!' ? 4 : 3)
  const end = Math.min(limit, short > 0 ? at + short : long)
  const conditional = startsWith(CONDITIONAL, reader, at)
  if (conditional > 0 && at + conditional <= close && close < limit) {
    markup.push({ kind: 'comment', at, text: source.slice(at, at + conditional) })
    readRange(reader, at + conditional, close)
    markup.push({ kind: 'comment', at: close, text: source.slice(close, end) })
    return end
  }
  const raw = source.slice(at, end)
  const lead = /^<!--\s*(?=\*)/.exec(raw.slice(0, 100))?.[0].length ?? 0
  const merge = lead > 0 ? reader.find(at + lead) : null
  if (merge?.style === 'stars' && /^\s*-->$/.test(source.slice(merge.end, Math.min(end, merge.end + 100))))
    markup.push({ kind: 'merge', at, merge, raw: source.slice(merge.at, merge.end), isInTitle: false })
  else markup.push({ kind: 'comment', at, text: raw })
  return end
}

function readElement(reader: Reader, at: number, limit: number): number {
  const { source, markup } = reader
  const tag = readTag({ source, find: reader.find, limit }, at)
  if (!tag) {
    markup.push({ kind: 'broken', at })
    return at + 1
  }
  const isOpen = !tag.closing && !tag.selfClosing
  const close = isOpen ? (reader.closing.get(tag.name)?.(tag.end) ?? Infinity) : Infinity
  if (GONE.includes(tag.name)) {
    const closed = close < limit ? reader.bracketEnd(close) + 1 : Infinity
    const end = closed <= limit ? closed : tag.end
    markup.push({ kind: 'gone', at, raw: source.slice(at, tag.end), name: tag.name })
    return end
  }
  markup.push({ kind: 'tag', at, tag, raw: source.slice(at, tag.end) })
  if (!isOpen || !RAW.includes(tag.name)) return tag.end
  if (tag.name === 'title' && close > limit) return tag.end
  const end = Math.min(close, limit)
  if (tag.name === 'title') readRange(reader, tag.end, end, 'merges')
  else markup.push({ kind: 'style', at: tag.end, text: source.slice(tag.end, end) })
  return end
}
