import { sanitizeRichText } from '../rendering/rich-text.js'
import { harmless, plainText } from './clean-facts.js'

const LONGEST_KEPT = 1500
const LONGEST_CUT = 600
const LONGEST_READ = 20_000

/** A summary for a newsletter from somebody else's HTML: its paragraphs, lists and links when it is short, else its first words. */
export function summaryOf(html: string): string {
  const kept = html.length <= LONGEST_READ ? sanitizeRichText(html) : ''
  const isShort = kept !== '' && kept.length <= LONGEST_KEPT
  return harmless(isShort ? kept : paragraph(plainText(html, LONGEST_CUT)))
}

/** Plain words as one paragraph of HTML; nothing for no words. */
export function paragraph(words: string): string {
  const written = words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return written === '' ? '' : `<p>${written}</p>`
}
