import { type HtmlToken, htmlTokens } from '../html-tokens.js'
import type { Place } from './template.js'

/** What a mark stands for. */
export type Mark =
  | { kind: 'field'; field: string; fallback: string }
  | { kind: 'if'; field: string }
  | { kind: 'else' }
  | { kind: 'end' }

type Found = { mark: Mark; from: number; to: number }

const ADDRESSES = new Set(['href', 'src', 'action', 'background', 'formaction', 'poster', 'cite', 'xlink:href'])

/** Finds out where each mark of a finished part lands; marks are in the order of the text. */
export function placeMarks<M extends Found>(
  finished: string,
  marks: readonly M[],
  kind: 'html' | 'text',
): (M & { place: Place })[] {
  if (marks.length === 0) return []
  if (kind === 'text') {
    return marks.map((mark) => ({ ...mark, place: inAddress(finished, mark.from) ? 'url' : 'text' }))
  }
  const tokens = htmlTokens(finished, { outlook: true })
  let at = 0
  return marks.map((mark) => {
    while ((tokens[at]?.to ?? Infinity) <= mark.from) at++
    return { ...mark, place: placeIn(tokens[at], mark, { finished, marks }) }
  })
}

// A value inside a written-out web address must not end the address with a space.
function inAddress(text: string, at: number): boolean {
  return /https?:\/\/[^\s<>"]*$/i.test(text.slice(Math.max(0, at - 2000), at))
}

type Whole = { finished: string; marks: readonly Found[] }

function placeIn(token: HtmlToken | undefined, mark: Found, { finished, marks }: Whole): Place {
  if (token?.kind !== 'open') return 'html'
  const attribute = token.attributes.find(({ from, to }) => from <= mark.from && mark.to <= to)
  if (!attribute || !ADDRESSES.has(attribute.name)) return 'html'
  return startsAddress(finished.slice(attribute.from, mark.from), attribute.from, marks) ? 'link' : 'url'
}

/** Only conditions stand before it: then the value is the beginning of the address. Anything else is safe as a part. */
function startsAddress(before: string, offset: number, marks: readonly Found[]): boolean {
  const conditions = marks.filter(
    ({ mark, from, to }) => mark.kind !== 'field' && from >= offset && to <= offset + before.length,
  )
  const written = conditions.reduce((length, { from, to }) => length - (to - from), before.length)
  return written === 0
}
