/** One merge tag of a source: `inside` is what stands between the brackets; `at` and `end` are offsets. */
export type FoundTag =
  | { at: number; end: number; inside: string }
  /** Something that was surely meant as a tag and cannot be one. */
  | { at: number; end: number; broken: string }

const LT = '(?:<|&lt;|&#60;|&#x3c;)'
const GT = '(?:>|&gt;|&#62;|&#x3e;)'
const SPACE = '(?:[\\s\\u00a0]|&nbsp;|&#160;)'
const DOUBLE = '(?:"|&quot;|&#34;|[\u201c\u201d\u201e])'
const SINGLE = "(?:'|&#39;|&apos;|[\u2018\u2019\u201a])"
const OPENING = `${LT}${LT}(?=${SPACE}*[A-Za-z#/])|\\{\\{`
const NAME = '(?:contact|issue|links)\\.[A-Za-z][A-Za-z0-9_]*'
const LONGEST = 1000

const MEANT_AS_TAG = new RegExp(
  `^${SPACE}*(?:#${SPACE}*if\\b|/${SPACE}*if\\b|else\\b|(?:contact|issue|links)\\b|[a-z]+\\.[A-Z])`,
)
const ORPHAN = new RegExp(`${NAME}${SPACE}*(?:${GT}${GT}|\\}\\})`, 'g')
const DEFAULT = new RegExp(`\\|${SPACE}*default${SPACE}*:${SPACE}*(?:(${DOUBLE})|${SINGLE})`, 'i')

/**
 * Finds the merge tags of a text in their order, in both spellings and also when an editor escaped them. Inside a
 * quoted default, apostrophes and closing brackets are ordinary letters: the default ends at the quote before the tag's end.
 */
export function findTags(source: string): FoundTag[] {
  const openings = [...source.matchAll(new RegExp(OPENING, 'gi'))]
  const tags: FoundTag[] = []
  let end = 0
  for (const [index, opening] of openings.entries()) {
    if (opening.index < end) continue
    const from = opening.index + opening[0].length
    const next = openings[index + 1]?.index ?? source.length
    const tag = readTag({ at: opening.index, braces: opening[0] === '{{', from }, source.slice(from, next))
    if (!tag) continue
    tags.push(...orphans(source, end, tag.at), tag)
    end = tag.end
  }
  tags.push(...orphans(source, end, source.length))
  return tags
}

type Opening = { at: number; braces: boolean; from: number }

function readTag({ at, braces, from }: Opening, rest: string): FoundTag | null {
  const room = rest.slice(0, LONGEST)
  const closing = braces ? '\\}\\}' : `${GT}${GT}`
  const first = new RegExp(closing, 'i').exec(room)
  const quote = DEFAULT.exec(room)
  if (quote && (!first || quote.index < first.index)) {
    const start = quote.index + quote[0].length
    const last = new RegExp(
      `(?<=(?<!\\\\)(?:\\\\\\\\)*)${quote[1] ? DOUBLE : SINGLE}${SPACE}*(${closing})`,
      'i',
    ).exec(room.slice(start))
    if (last) {
      const end = start + last.index + last[0].length
      return { at, end: from + end, inside: room.slice(0, end - (last[1]?.length ?? 0)) }
    }
    if (first) return { at, end: from + first.index + first[0].length, broken: QUOTE_OPEN }
    return { at, end: from + start, broken: NEVER_CLOSED(braces) }
  }
  if (first) return { at, end: from + first.index + first[0].length, inside: room.slice(0, first.index) }
  return MEANT_AS_TAG.test(room) ? { at, end: from, broken: NEVER_CLOSED(braces) } : null
}

const QUOTE_OPEN = 'The default of this merge field has no closing quote: write | default: "reader".'
const NEVER_CLOSED = (braces: boolean) =>
  `This merge field is never closed: add ${braces ? '}}' : '>>'} where it ends.`

function orphans(source: string, from: number, to: number): FoundTag[] {
  return [...source.slice(from, to).matchAll(ORPHAN)].map((match) => ({
    at: from + match.index,
    end: from + match.index + match[0].length,
    broken: 'This merge field has no beginning: write << before it, or {{.',
  }))
}
