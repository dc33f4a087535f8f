import type { NewsItem } from '../../../../db/tables/news-item.js'
import type { Block } from '../../../rendering/blocks.js'
import { BLOCK_KIND_INFO, type BlockField } from './block-kinds.js'

export type BlockFormView = { fields: object[]; hasFields: boolean }

/** What the form of a block shows: every field with what it holds and what is wrong with it. */
export function blockForm(
  block: Block,
  { news, errors }: { news: readonly NewsItem[]; errors: Readonly<Record<string, string>> },
): BlockFormView {
  const content = block.content as Readonly<Record<string, unknown>>
  const fields = BLOCK_KIND_INFO[block.kind].fields.map((field) => ({
    ...field,
    id: `${block.id}-${field.name}`,
    error: errors[field.name],
    ...valueOf(field, { value: content[field.name], news }),
  }))
  return { fields, hasFields: fields.length > 0 }
}

function valueOf(field: BlockField, { value, news }: { value: unknown; news: readonly NewsItem[] }) {
  switch (field.control) {
    case 'news-items':
      return newsPicker(value as readonly string[], news)
    case 'one-news-item':
      return { options: news.map(({ id, title }) => ({ value: id, label: title })), value: value ?? '' }
    case 'switch':
      return { isOn: value === true }
    case 'choice':
      return { value: String(value) }
    case 'line':
    case 'rich':
    case 'address':
    case 'code':
      return { value }
  }
}

function newsPicker(chosen: readonly string[], news: readonly NewsItem[]) {
  const byId = new Map(news.map((item) => [item.id, item]))
  return {
    chosen: chosen.map((id, index) => ({
      id,
      title: byId.get(id)?.title ?? 'This news item is no longer in the library',
      isMissing: !byId.has(id),
      isFirst: index === 0,
      isLast: index === chosen.length - 1,
    })),
    others: news.filter(({ id }) => !chosen.includes(id)),
  }
}

/** A block in a few words, for the outline. */
export function blockSummary(block: Block, news: readonly NewsItem[]): string {
  const titleOf = (id: string | null) => news.find((item) => item.id === id)?.title
  switch (block.kind) {
    case 'masthead':
      return block.content.name
    case 'heading':
      return block.content.text
    case 'lead-story':
      return block.content.title || (titleOf(block.content.newsItemId) ?? 'No news item chosen yet')
    case 'news-list': {
      const count = block.content.newsItemIds.length
      const items = `${count} news ${count === 1 ? 'item' : 'items'}`
      return block.content.title ? `${block.content.title} · ${items}` : items
    }
    case 'text':
      return wordsOf(block.content.html) || 'Empty'
    case 'button':
      return block.content.label || 'No text yet'
    case 'image':
      return block.content.alt || block.content.url || 'No picture yet'
    case 'divider':
      return 'A thin line'
    case 'closing':
      return block.content.tagline || block.content.name
    case 'footer':
      return block.content.organisation
    case 'mjml':
      return wordsOf(block.content.mjml) || 'Empty'
  }
}

const SUMMARY_LENGTH = 120

function wordsOf(html: string): string {
  const words = html
    .replace(/(?:<<|&lt;&lt;)(.+?)(?:>>|&gt;&gt;)/g, '{{ $1 }}')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return words.length > SUMMARY_LENGTH ? `${words.slice(0, SUMMARY_LENGTH)}…` : words
}
