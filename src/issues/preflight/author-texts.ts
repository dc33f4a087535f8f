import { definitionOf } from '../../rendering/blocks.js'
import type { IssueContent } from '../../rendering/issue-content.js'
import { parseMerge } from '../../rendering/merge/parse-merge.js'
import type { Template } from '../../rendering/merge/template.js'

/** One text that readers get to see, with its place; `html` is its source when it is a rich text. */
export type AuthorText = {
  blockId: string | null
  field: string
  source: string
  isRich: boolean
  /** The text without tags, its merge fields as they were written. */
  words: string
}

const BLOCK_ENDS = /<(?:br|\/p|\/li|\/div|\/blockquote|\/h\d|\/mj-text|\/mj-button)\b[^>]*>/gi
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  nbsp: ' ',
  '#39': '’',
}

/** Every text of an issue as its author wrote it, in the order in which it is read; news items count where they are shown. */
export function authorTexts(content: IssueContent): AuthorText[] {
  const { newsItems, language } = content
  const texts = [textOf(null, 'subject', content.subject), textOf(null, 'preheader', content.preheader)]
  for (const block of content.blocks) {
    const note = (isRich: boolean) => (field: string, source: string) => {
      texts.push(textOf(block.id, field, source, isRich))
      // What the block makes of it is of no interest, and dear for rich texts.
      return isRich ? '' : source
    }
    // A block says of each of its texts where it comes from when it is written.
    const hide = { plain: note(block.kind === 'mjml'), rich: note(true) }
    definitionOf(block.kind).view(block.content, { hide, level: 2, newsItems, language })
  }
  return texts.filter(({ source }) => source !== '')
}

function textOf(blockId: string | null, field: string, source: string, isRich = false): AuthorText {
  return { blockId, field, source, isRich, words: isRich ? withoutTags(source) : source }
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[^]*?-->/g, ' ')
    .replace(BLOCK_ENDS, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(lt|gt|quot|amp|nbsp|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** A merge field that a text uses without a default and outside of a condition that asks for it. */
export type BareField = { name: string; blockId: string | null; field: string }

/** The contact's fields that leave a gap when a reader has no value, such as FIRSTNAME, with the places where they do. */
export function bareFields(texts: readonly AuthorText[], contactKeys: readonly string[]): BareField[] {
  const known = contactKeys.map((key) => `contact.${key}`)
  return texts.flatMap(({ blockId, field, source }) =>
    [...new Set(gapsOf(parseMerge(source, known).template, []))]
      .filter((name) => name.startsWith('contact.') && name !== 'contact.EMAIL')
      .map((name) => ({ name: name.slice('contact.'.length), blockId, field })),
  )
}

/** The contact's fields of these keys that texts use in any way, with the places where they do. */
export function usedFields(texts: readonly AuthorText[], contactKeys: readonly string[]): BareField[] {
  const known = contactKeys.map((key) => `contact.${key}`)
  return texts.flatMap(({ blockId, field, source }) =>
    [...new Set(namesIn(parseMerge(source, known).template))]
      .filter((name) => known.includes(name))
      .map((name) => ({ name: name.slice('contact.'.length), blockId, field })),
  )
}

function namesIn(template: Template): string[] {
  return template.flatMap((node) => {
    if (typeof node === 'string') return []
    if ('field' in node) return [node.field]
    return [node.if, ...namesIn(node.then), ...namesIn(node.else)]
  })
}

function gapsOf(template: Template, asked: readonly string[]): string[] {
  return template.flatMap((node) => {
    if (typeof node === 'string') return []
    if ('field' in node) return node.fallback === '' && !asked.includes(node.field) ? [node.field] : []
    return [...gapsOf(node.then, [...asked, node.if]), ...gapsOf(node.else, asked)]
  })
}
