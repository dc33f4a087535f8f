import { Parser } from 'htmlparser2'
import type { AuthorText } from './author-texts.js'

/** A link of an issue: where it leads, what it says, and where it is written. */
export type LinkUse = { url: string; says: string | null; blockId: string | null; field: string }

const WEB = /^https?:\/\//i
/** What is longer is no address that anybody means. */
const LONGEST = 2000

/** The web links that readers can follow, in their order; `says` is null where the words stand in a field of their own. */
export function linksOf(texts: readonly AuthorText[]): LinkUse[] {
  return texts.flatMap(({ blockId, field, source, isRich }): LinkUse[] => {
    if (isRich) return anchorsOf(source).map((anchor) => ({ ...anchor, blockId, field }))
    return WEB.test(source.trim()) && !/\s/.test(source.trim())
      ? [{ url: source.trim(), says: null, blockId, field }]
      : []
  })
}

/** The links of a rich text or of MJML, with their words. */
export function anchorsOf(html: string): { url: string; says: string }[] {
  const found: { url: string; says: string }[] = []
  let open: { url: string; says: string } | null = null
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const url = (attributes['href'] ?? '').trim()
      if (name === 'a' || name === 'mj-button') open = { url, says: '' }
      else if (open && (name === 'img' || name === 'mj-image')) open.says += ` ${attributes['alt'] ?? ''}`
      else if (name === 'mj-image' && url) found.push({ url, says: attributes['alt'] ?? '' })
      if (open && attributes['aria-label']) open.says += attributes['aria-label']
    },
    ontext: (text) => {
      if (open) open.says += text
    },
    onclosetag: (name) => {
      if (!open || (name !== 'a' && name !== 'mj-button')) return
      found.push({ url: open.url, says: open.says.replace(/\s+/g, ' ').trim() })
      open = null
    },
  })
  parser.end(html)
  return found
}

/** Whether a link leads to a page of the web that is the same for every reader, so that it can be tried. */
export function canBeTried({ url }: Pick<LinkUse, 'url'>): boolean {
  if (!WEB.test(url) || url.length > LONGEST || /<<|&lt;&lt;|\{\{/.test(url)) return false
  return (URL.parse(url)?.href.length ?? Infinity) <= LONGEST
}

/** The page that a link leads to, without the place on it: links with the same answer are tried once. */
export function triedAddress(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}
