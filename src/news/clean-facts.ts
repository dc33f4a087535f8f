import { Parser } from 'htmlparser2'

const LONGEST_LINK = 2000
const HIDDEN = ['script', 'style', 'template']
const INLINE = ['a', 'abbr', 'b', 'em', 'i', 'mark', 'q', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'wbr']
const MARK_UP = /<\/?[a-z][^<>]*>|&#?\w+;/i

/** Words without mark-up, control characters or runs of space, cut at a word with an ellipsis when they are too long. */
export function plainText(written: string | undefined | null, longest: number): string {
  const raw = (written ?? '').slice(0, longest * 20)
  const text = (MARK_UP.test(raw) ? wordsOf(raw) : raw)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  if (text.length <= longest) return text
  const cut = text.slice(0, longest - 1)
  const atWord = cut.replace(/\s+\S*$/, '')
  return `${(atWord.length > longest / 2 ? atWord : cut).replace(/[\ud800-\udbff]$/, '')}…`
}

/** A link of a page as a whole http or https address without name or password; empty for anything else. */
export function webLink(written: string | undefined | null, base: string): string {
  const url = written ? URL.parse(written.trim(), base) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return ''
  // Braces would be merge fields in a newsletter.
  const href = url.href.replace(/[{}]/g, encodeURIComponent)
  return href.length <= LONGEST_LINK ? href : ''
}

/** Text of others without merge fields, which a newsletter would fill with what it knows of its reader. */
export function harmless(text: string): string {
  return text.replace(/\{{2,}/g, '{').replace(/(<|&lt;){2,}/g, '$1')
}

/** The language of a tag such as en_GB, as our forms want it; empty for what is none. */
export function languageOf(written: string | undefined | null): string {
  const [language = '', ...rest] = (written ?? '').trim().split(/[-_]/)
  if (!/^[a-z]{2,3}$/i.test(language)) return ''
  // Of a region, only those count that are written differently.
  const region = rest.find((part) => /^(br|hant|tw)$/i.test(part))
  return region ? `${language.toLowerCase()}-${capitals(region)}` : language.toLowerCase()
}

/** The calendar day of a date in any usual form, the one that its writer saw; empty for none, or one out of reason. */
export function dayOf(written: string | undefined | null): string {
  const text = (written ?? '').trim()
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(text)
  const day = iso ? iso[0] : dayOfWords(text)
  const moment = new Date(`${day}T00:00Z`)
  const isDay = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
  return isDay && day >= '1990-01-01' && day <= '2100-01-01' ? day : ''
}

// Such as "Mon, 02 Mar 2026 23:30:00 +0200": its own day, not that of Greenwich.
function dayOfWords(text: string): string {
  if (!/\d{4}/.test(text) || text.length > 60) return ''
  const local = new Date(`${text.replace(/\s*([+-]\d{2}:?\d{2}|[A-Z]{2,5})$/, '')} UTC`)
  return Number.isNaN(local.getTime()) ? '' : local.toISOString().slice(0, 10)
}

function capitals(part: string): string {
  return part.length === 4 ? part[0]?.toUpperCase() + part.slice(1).toLowerCase() : part.toUpperCase()
}

// Tag by tag, so that no depth of nesting can exhaust it.
function wordsOf(html: string): string {
  const words: string[] = []
  let hidden = 0
  const parser = new Parser({
    onopentag: (name) => {
      if (HIDDEN.includes(name)) hidden++
      if (!INLINE.includes(name)) words.push(' ')
    },
    ontext: (text) => {
      if (hidden === 0) words.push(text)
    },
    onclosetag: (name) => {
      if (HIDDEN.includes(name)) hidden--
      if (!INLINE.includes(name)) words.push(' ')
    },
  })
  parser.end(html)
  return words.join('')
}
