import type { CompiledEdition, RenderedEdition } from './compile-edition.js'
import { renderTemplate } from './merge/render-template.js'
import type { FieldNode, MergeValues, Template } from './merge/template.js'

/** Stands where a value of the reader's would, and nobody reads this edition in particular. */
const GAP = '\ue0c0'
/** Stands for the reader's own address: a sentence about it says nothing to everybody. */
const OWN_ADDRESS = '\ue0c1'
/** Stands for a personal link that is written out. */
const OWN_LINK = '\ue0c2'
/** Around the words of a personal link. */
const [BEGIN, END] = ['\ue0c3', '\ue0c4']
/** Where a personal link leads until it is taken out. */
const NOWHERE = 'https://personal.invalid/'

/**
 * An edition as everybody may read it: merge fields give their defaults, conditions on a reader's values do not hold, personal links
 * and sentences about the reader's own address are taken out. No value of any reader goes in, so none can come out.
 */
export function renderPublicEdition(edition: CompiledEdition, about: MergeValues['issue']): RenderedEdition {
  const fill = (template: Template, issue: MergeValues['issue']) =>
    renderTemplate(forEverybody(template), { contact: {}, issue, links: {} })
  const subject = tidyLine(fill(edition.subject, about))
  const issue = { ...about, SUBJECT: subject }
  return {
    subject,
    preheader: tidyLine(fill(edition.preheader, issue)),
    html: tidyHtml(fill(edition.html, issue)),
    text: tidyText(fill(edition.text, issue)),
  }
}

function forEverybody(template: Template): Template {
  return template.map((node) => {
    if (typeof node === 'string') return node
    if ('field' in node) return { ...node, fallback: fallbackOf(node) }
    return { if: node.if, then: forEverybody(node.then), else: forEverybody(node.else) }
  })
}

function fallbackOf({ field, fallback, place }: FieldNode): string {
  const isWritten = place === 'html' || place === 'text'
  if (field.startsWith('links.')) return place === 'link' ? NOWHERE : isWritten ? OWN_LINK : ''
  if (!field.startsWith('contact.') || fallback !== '' || !isWritten) return fallback
  return field === 'contact.EMAIL' ? OWN_ADDRESS : GAP
}

function tidyHtml(html: string): string {
  return closeGaps(withoutOwnAddress(withoutPersonalLinks(html)))
}

const PERSONAL_LINK = new RegExp(`<a\\b[^>]*?href=["']${NOWHERE}["'][^>]*>([^]*?)</a>`, 'gi')
const LINK_WORDS = `${BEGIN}[^${BEGIN}${END}]*${END}`
const BETWEEN = '(?:\\s|&nbsp;|&#160;|[·•|,;/–—-])*'
const ONLY_LINKS = `${BETWEEN}(?:${LINK_WORDS}${BETWEEN})+`
const BUTTON = new RegExp(
  `<table\\b[^>]*>\\s*<tbody>\\s*<tr>\\s*<td\\b[^>]*>\\s*${LINK_WORDS}\\s*</td>\\s*</tr>\\s*</tbody>\\s*</table>`,
  'g',
)
const CELL_OF_LINKS = new RegExp(`(<td\\b[^>]*>)${ONLY_LINKS}(</td>)`, 'g')
const BLOCK_OF_LINKS = new RegExp(`<(div|p|li|span)\\b[^>]*>${ONLY_LINKS}</\\1>`, 'g')

/** Takes out what holds nothing but personal links; where one stands among other words, its words stay and lead nowhere. */
function withoutPersonalLinks(html: string): string {
  return html
    .replace(PERSONAL_LINK, (_link, words: string) => BEGIN + words + END)
    .replace(BUTTON, '')
    .replace(BLOCK_OF_LINKS, '')
    .replace(CELL_OF_LINKS, '$1$2')
    .replace(new RegExp(`[${BEGIN}${END}]`, 'g'), '')
    .replaceAll(NOWHERE, '#')
}

const SENTENCE_ON_ADDRESS = new RegExp(`<(div|p|li|span)\\b[^>]*>[^<]*${OWN_ADDRESS}[^<]*</\\1>`, 'g')

function withoutOwnAddress(html: string): string {
  return html.replace(SENTENCE_ON_ADDRESS, '')
}

/** A paragraph of this length that holds a personal link is about nothing else. */
const SHORT_PARAGRAPH = 200

function tidyText(text: string): string {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => {
    const isPersonal = paragraph.includes(OWN_LINK) || paragraph.includes(OWN_ADDRESS)
    return !isPersonal || paragraph.length > SHORT_PARAGRAPH
  })
  return closeGaps(paragraphs.join('\n\n').replace(new RegExp(`\\s*[(<[]${OWN_LINK}[)>\\]]`, 'g'), ''))
}

function tidyLine(line: string): string {
  return closeGaps(line).replace(/\s+/g, ' ').trim()
}

const GAP_SIGNS = `[${GAP}${OWN_ADDRESS}${OWN_LINK}]+`
const FIRST_GAP = new RegExp(`(^|[>\\n])${GAP_SIGNS},?[ \\u00a0]*`, 'g')
const BETWEEN_COMMAS = new RegExp(`,[ \\u00a0]*${GAP_SIGNS}(?=,)`, 'g')
const GAPS = new RegExp(`[ \\u00a0]*${GAP_SIGNS}`, 'g')

/** What stood around a value that is not there moves together: “Dear , hello” becomes “Dear, hello”. */
function closeGaps(text: string): string {
  return text.replace(FIRST_GAP, '$1').replace(BETWEEN_COMMAS, '').replace(GAPS, '')
}
