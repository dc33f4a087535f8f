import type { FoundMerge } from './find-merge-tags.js'

const LONGEST_OWN = 900
const FIELD = /^(?:contact|issue|links)\.[A-Z][A-Z0-9_]*(?: ?\| ?default ?: ?["'“”„‘’‚][\s\S]*)?$/
const CONDITION = /^(?:# ?if [a-z]+\.[A-Z][A-Z0-9_]*|else|\/ ?if)$/
const LOOKS_LIKE_CONDITION = /^(?:else$|\/\s*if$|#\s*if\s)/i

export type Quote = '' | '"' | "'"

/** Our tag for a field, safe inside the quotes of an attribute; null when its default cannot be written. */
export function fieldTag(field: string, fallback: string, quote: Quote): string | null {
  if (fallback === '') return `{{ ${field} }}`
  if (/<\s*<|&(?:lt|#60|#x3c)/i.test(fallback)) return null
  const own = quote === '"' ? "'" : '"'
  const words = fallback
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\{/g, '&#123;')
    .replace(/\}/g, '&#125;')
    .replace(/["'\\]/g, (character) => escaped(character, own, quote))
  const tag = `<<${field} | default: ${own}${words}${own}>>`
  return tag.length > LONGEST_OWN ? null : tag
}

function escaped(character: string, own: string, quote: Quote): string {
  if (character === '\\') return '\\\\'
  if (character === own) return `\\${character}`
  if (character !== quote) return character
  return character === '"' ? '&quot;' : '&#39;'
}

/** Whether a tag is written in our language already and can stand where it stands as it is. */
export function isOwn({ inside, style }: FoundMerge, raw: string, quote: Quote): boolean {
  if (style !== 'braces' && style !== 'angles') return false
  if (!/^(?:\{\{(?!\{)|<<)/.test(raw) || (style === 'braces' && /<\/?[a-z]/i.test(raw))) return false
  if (raw.includes('&') || (quote !== '' && raw.includes(quote))) return false
  return FIELD.test(inside) || CONDITION.test(inside)
}

/** A tag that we cannot say, as it was written, but so that it is only text: to browsers and to our own parser. */
export function keptTag({ inside, style }: FoundMerge, raw: string, quote: Quote): string {
  let text = raw
  // The parser of merge fields would pair it with a condition around it. It does not read these references.
  if ((style === 'braces' || style === 'angles') && LOOKS_LIKE_CONDITION.test(inside))
    text = text
      .replace(/^(?:\{|&#123;|&#x7b;|&lcub;|&lbrace;){2}/i, '&#0123;&#0123;')
      .replace(/^(?:<|&lt;|&#60;|&#x3c;){2}/i, '&#060;&#060;')
  if (quote === '"') text = text.replace(/"/g, '&quot;')
  if (quote === "'") text = text.replace(/'/g, '&#39;')
  return text.replace(/</g, '&lt;')
}
