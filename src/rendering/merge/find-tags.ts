/** A stretch of source between the brackets of a merge tag; `inside` is what stands between them, as written. */
export type FoundTag = { from: number; to: number; inside: string; brackets: '<<' | '{{' | '{{{' }
/** Brackets that open something which is clearly meant as a merge tag and never closes. */
export type UnclosedTag = { from: number; closer: string }

const MOST_CHARACTERS = 500

const LT = '(?:<|&lt;?|&#0*60;?|&#x0*3c;?|%3c)'
const GT = '(?:>|&gt;?|&#0*62;?|&#x0*3e;?|%3e)'
const DOUBLE = '(?:"|&quot;|&#0*34;|&#x0*22;|%22|[\u201c\u201d\u201e\u201f]|&[lr]dquo;|&bdquo;)'
const SINGLE = "(?:'|&apos;|&#0*39;|&#x0*27;|%27|[\u2018\u2019\u201a\u201b]|&[lr]squo;|&sbquo;)"
const BLANK = '(?:[\\s\u00a0\u200b\u2060\ufeff]|&nbsp;|&#0*160;|&#xa0;|%20)'

const OPENER = new RegExp(`${LT}${LT}(?=${BLANK}*[a-z#/])|\\{\\{\\{?|%7b%7b`, 'gi')
const ANGLE_STOP = new RegExp(`(${GT}${GT})|(${LT}${LT}|\\{\\{)|${DOUBLE}|${SINGLE}`, 'gi')
const BRACE_STOP = new RegExp(`(\\}\\}|%7d%7d)|(${LT}${LT}|\\{\\{)|${DOUBLE}|${SINGLE}`, 'gi')
const TRIPLE_STOP = /(\}\}\})|(\{\{)/g
const DOUBLE_QUOTE = new RegExp(DOUBLE, 'gi')
const SINGLE_QUOTE = new RegExp(SINGLE, 'gi')
const IS_DOUBLE = new RegExp(`^${DOUBLE}$`, 'i')
const BEFORE_DEFAULT = new RegExp(`default${BLANK}*:${BLANK}*$`, 'i')
const MEANT_AS_TAG = new RegExp(
  `^${BLANK}*(?:(?:contact|issue|links|word)\\.|#${BLANK}*if\\b|/${BLANK}*if\\b)`,
  'i',
)

/**
 * Finds the merge tags of a text in every spelling an editor may have left: `<<…>>`, `{{…}}`, entities, and the
 * percent-encoding of a link. Brackets that mean something else (`a << b`, `>>>`) are passed over.
 */
export function findTags(source: string): { tags: FoundTag[]; unclosed: UnclosedTag[] } {
  const tags: FoundTag[] = []
  const unclosed: UnclosedTag[] = []
  OPENER.lastIndex = 0
  for (let opener = OPENER.exec(source); opener; opener = OPENER.exec(source)) {
    const from = opener.index
    const start = from + opener[0].length
    const brackets = opener[0].startsWith('{')
      ? (opener[0] as '{{' | '{{{')
      : isAngle(opener[0])
        ? '<<'
        : '{{'
    const end = endOf(source, start, brackets)
    if (end) {
      tags.push({ from, to: end.to, inside: source.slice(start, end.at), brackets })
      OPENER.lastIndex = end.to
    } else {
      if (MEANT_AS_TAG.test(source.slice(start, start + 40))) {
        unclosed.push({ from, closer: brackets === '<<' ? '>>' : '}}' })
      }
      // One bracket further: in <<<contact.EMAIL>> the tag starts at the second one.
      OPENER.lastIndex = from + 1
    }
  }
  return { tags, unclosed }
}

function isAngle(opener: string): boolean {
  return !/^%7b/i.test(opener)
}

function endOf(
  source: string,
  start: number,
  brackets: FoundTag['brackets'],
): { at: number; to: number } | null {
  const stop = brackets === '<<' ? ANGLE_STOP : brackets === '{{' ? BRACE_STOP : TRIPLE_STOP
  const limit = start + MOST_CHARACTERS
  stop.lastIndex = start
  for (let match = stop.exec(source); match && match.index < limit; match = stop.exec(source)) {
    if (match[1]) return { at: match.index, to: match.index + match[1].length }
    if (match[2]) return null
    // A quote counts where a default begins; elsewhere it is an apostrophe.
    if (!BEFORE_DEFAULT.test(source.slice(Math.max(start, match.index - 40), match.index))) continue
    const after = closingQuote(source, match.index + match[0].length, match[0])
    if (after === null) return null
    stop.lastIndex = after
  }
  return null
}

function closingQuote(source: string, from: number, quote: string): number | null {
  const pattern = IS_DOUBLE.test(quote) ? DOUBLE_QUOTE : SINGLE_QUOTE
  pattern.lastIndex = from
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    if (match.index > from + MOST_CHARACTERS) return null
    if (source[match.index - 1] !== '\\') return match.index + match[0].length
  }
  return null
}
