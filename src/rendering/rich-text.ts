import { compile } from 'html-to-text'
import sanitizeHtml from 'sanitize-html'
import { inParagraphs } from './paragraphs.js'
import { plainAddress } from './plain-address.js'

// Everything else that starts a line in a browser: as paragraphs its words stay apart.
const PARAGRAPH_LIKE = [
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'figure',
  'figcaption',
  'pre',
  'address',
  'tr',
  'td',
  'th',
  'dt',
  'dd',
]

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'div', 'br', 'strong', 'em', 'b', 'i', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'span'],
  allowedAttributes: { a: ['href'], span: ['lang', 'dir'], p: ['lang', 'dir'], div: ['lang', 'dir'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: Object.fromEntries(PARAGRAPH_LIKE.map((name) => [name, 'div'])),
}

const MOST_ROUNDS = 5
const BARE_MERGE_TAG = /<<(?=\s*(?:#\s*if\b|\/\s*if\b|else\b|(?:contact|issue|links)\.))/gi

/** Keeps paragraphs, lists, emphasis and web links of a text and drops everything else (scripts, styles, handlers). */
export function sanitizeRichText(html: string): string {
  // To a parser of HTML, <<contact.CITY>> would be a tag to drop.
  const escaped = html.replace(BARE_MERGE_TAG, '&lt;&lt;')
  let kept = inParagraphs(sanitizeHtml(escaped, ALLOWED))
  // What browsers forbid, such as an item straight in an item, comes apart when it is read again.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const again = inParagraphs(sanitizeHtml(kept, ALLOWED))
    if (again === kept) break
    kept = again
  }
  return kept
}

/** How the plain-text part shows a link: its words, then its address unless that is what the words say. */
export const PLAIN_LINK = {
  selector: 'a',
  options: {
    hideLinkHrefIfSameAsText: true,
    linkBrackets: ['(', ')'] as [string, string],
    pathRewrite: (href: string) => plainAddress(href),
  },
}

// Reading the options costs more than a paragraph does.
const plainText = compile({
  wordwrap: false,
  selectors: [
    PLAIN_LINK,
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'blockquote', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  ],
})

/** The words of a rich text for the plain-text part: paragraphs apart, lists with dashes or numbers, links as `label (address)`. */
export function richTextToPlain(html: string): string {
  return html === '' ? '' : plainText(html).trim()
}
