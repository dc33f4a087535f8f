/** An attribute of a tag; `from` and `to` enclose its value, without quotes, in the whole source. */
export type HtmlAttribute = { name: string; value: string; from: number; to: number }

/** A piece of HTML or MJML; `from` and `to` are its place in the source. Names are in lower case. */
export type HtmlToken = { from: number; to: number } & (
  | { kind: 'text' }
  | { kind: 'comment' }
  | { kind: 'open'; name: string; attributes: HtmlAttribute[]; empty: boolean }
  | { kind: 'close'; name: string }
)

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const RAW = new Set(['style', 'script', 'title', 'textarea', 'noscript', 'xmp'])

const CONDITIONAL = '<!--\\[if[^\\]]*\\]>(?:<!-->)?|<!(?:--<!)?\\[endif\\]-->'
const COMMENT = '<!--[\\s\\S]*?(?:-->|$)|<![^>]*>|<\\?[^>]*>'
const TAG = '<(/?)([a-z][^\\s/>"\'<]*)((?:[^"\'<>]|"[^"]*"|\'[^\']*\')*)>'
const OPAQUE = new RegExp(`${COMMENT}|${TAG}`, 'gi')
const THROUGH = new RegExp(`${CONDITIONAL}|${COMMENT}|${TAG}`, 'gi')
const ATTRIBUTE = /([^\s=/"'<>]+)(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g

/**
 * Splits HTML into tags, comments and the text between them, without loss. What Outlook alone sees is a comment
 * unless `outlook` asks to look inside.
 */
export function htmlTokens(html: string, { outlook = false } = {}): HtmlToken[] {
  const tokens: HtmlToken[] = []
  const pattern = new RegExp(outlook ? THROUGH : OPAQUE)
  let end = 0
  for (let match = pattern.exec(html); match; match = pattern.exec(html)) {
    if (match.index > end) tokens.push({ kind: 'text', from: end, to: match.index })
    const token = tokenOf(match)
    tokens.push(token)
    end = token.to
    if (token.kind === 'open' && !token.empty && RAW.has(token.name)) {
      end = rawEnd(html, token)
      if (end > token.to) tokens.push({ kind: 'text', from: token.to, to: end })
      pattern.lastIndex = end
    }
  }
  if (end < html.length) tokens.push({ kind: 'text', from: end, to: html.length })
  return tokens
}

function tokenOf(match: RegExpExecArray): HtmlToken {
  const from = match.index
  const to = from + match[0].length
  const name = match[2]?.toLowerCase()
  if (name === undefined) return { kind: 'comment', from, to }
  if (match[1]) return { kind: 'close', name, from, to }
  const inside = match[3] ?? ''
  const attributes = attributesOf(inside, from + 1 + name.length)
  return { kind: 'open', name, attributes, empty: VOID.has(name) || /\/\s*$/.test(inside), from, to }
}

function attributesOf(inside: string, offset: number): HtmlAttribute[] {
  return [...inside.matchAll(ATTRIBUTE)].map((match) => {
    const quoted = match[3] ?? match[4]
    const value = quoted ?? match[5] ?? ''
    const end = offset + match.index + match[0].length - (quoted === undefined ? 0 : 1)
    return { name: (match[1] ?? '').toLowerCase(), value, from: end - value.length, to: end }
  })
}

function rawEnd(html: string, { name, to }: { name: string; to: number }): number {
  const close = new RegExp(`</${name}[\\s>/]`, 'gi')
  close.lastIndex = to
  return close.exec(html)?.index ?? html.length
}
