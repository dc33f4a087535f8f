import { convert } from 'html-to-text'
import sanitizeHtml from 'sanitize-html'

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 'b', 'i', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'span'],
  allowedAttributes: { a: ['href'], span: ['lang'], p: ['lang'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
}

/** Keeps paragraphs, lists, emphasis and web links of a text and drops everything else (scripts, styles, handlers). */
export function sanitizeRichText(html: string): string {
  return sanitizeHtml(html, ALLOWED).trim()
}

/** The words of a rich text for the plain-text part: paragraphs apart, lists with dashes or numbers, links as `label (address)`. */
export function richTextToPlain(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      { selector: 'blockquote', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ],
  }).trim()
}
