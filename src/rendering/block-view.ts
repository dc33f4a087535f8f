import type { Block } from './blocks.js'
import { directionOf } from './direction.js'
import type { IssueContent, NewsContent } from './issue-content.js'
import { plainAddress } from './plain-address.js'
import { richTextToPlain } from './rich-text.js'

/** How a block's texts are made ready: plain words or rich text with the merge tags hidden. */
export type Hide = {
  plain(field: string, source: string): string
  rich(field: string, source: string): string
}

/** A block ready for both parts of the mail: the name and data of its MJML partial, and its plain text. */
export type BlockView = { partial: string; data: Record<string, unknown>; text: string }

type Scope = { content: IssueContent; hide: Hide; level: number }

/** Makes the view of one block; the order of words is the same in HTML and text. */
export function blockView(block: Block, scope: Scope): BlockView {
  const { hide } = scope
  switch (block.kind) {
    case 'masthead':
      return masthead(block.content, scope)
    case 'heading': {
      const text = hide.plain('text', block.content.text)
      return { partial: 'heading', data: { text, [block.content.style]: true, level: scope.level }, text }
    }
    case 'lead-story':
      return leadStory(block.content, scope)
    case 'text': {
      const html = hide.rich('html', block.content.html)
      return { partial: 'text', data: { html }, text: richTextToPlain(html) }
    }
    case 'news-list':
      return newsList(block.content, scope)
    case 'button': {
      const data = {
        label: hide.plain('label', block.content.label),
        url: hide.plain('url', block.content.url),
      }
      return { partial: 'button', data, text: lines(data.label, plainAddress(data.url)) }
    }
    case 'image': {
      const { content } = block
      const caption = hide.plain('caption', content.caption)
      const data = { ...content, linkUrl: hide.plain('linkUrl', content.linkUrl), caption }
      return {
        partial: 'image',
        data,
        text: lines(content.alt ? `[${content.alt}]` : '', caption, plainAddress(data.linkUrl)),
      }
    }
    case 'divider':
      return { partial: 'divider', data: {}, text: '' }
    case 'closing': {
      const { content } = block
      const data = {
        tagline: hide.plain('tagline', content.tagline),
        name: hide.plain('name', content.name),
        url: hide.plain('url', content.url),
      }
      return { partial: 'closing', data, text: lines(data.tagline, data.name, plainAddress(data.url)) }
    }
    case 'footer':
      return footer(block.content, hide)
    case 'mjml':
      return { partial: 'mjml', data: { mjml: hide.plain('mjml', block.content.mjml) }, text: '' }
  }
}

type Content<K extends Block['kind']> = Extract<Block, { kind: K }>['content']

function masthead(content: Content<'masthead'>, { hide, level }: Scope): BlockView {
  const name = hide.plain('name', content.name)
  const tagline = hide.plain('tagline', content.tagline)
  const introduction = hide.rich('introduction', content.introduction)
  const { logoUrl, logoAlt } = content
  const data = { name, tagline, introduction, logoUrl, logoAlt, level }
  return { partial: 'masthead', data, text: paragraphs(lines(name, tagline), richTextToPlain(introduction)) }
}

function leadStory(content: Content<'lead-story'>, { content: issue, hide, level }: Scope): BlockView {
  const item = content.newsItemId ? issue.newsItems[content.newsItemId] : undefined
  const data = {
    title: hide.plain('title', content.title || item?.title || ''),
    summary: hide.rich('summary', content.summary || item?.summaryHtml || ''),
    url: hide.plain('url', content.url || item?.url || ''),
    imageUrl: content.imageUrl || item?.imageUrl || '',
    imageAlt: content.imageAlt || item?.imageAlt || '',
    linkLabel: hide.plain('linkLabel', content.linkLabel),
    level,
    region: hide.plain('newsItemId', item?.region ?? ''),
    titleLanguage: content.title ? null : foreign(item, issue),
    summaryLanguage: content.summary ? null : foreign(item, issue),
  }
  const plain = [richTextToPlain(data.summary), data.url ? data.linkLabel : ''].filter(Boolean).join(' ')
  return {
    partial: 'lead-story',
    data,
    text: paragraphs(lines(data.region, data.title), lines(plain, plainAddress(data.url))),
  }
}

function newsList(content: Content<'news-list'>, { content: issue, hide, level }: Scope): BlockView {
  const items = content.newsItemIds.flatMap((id) => {
    const item = issue.newsItems[id]
    if (!item) return []
    const summary = content.showSummaries ? hide.rich('newsItemIds', item.summaryHtml) : ''
    const title = hide.plain('newsItemIds', item.title)
    const url = hide.plain('newsItemIds', item.url)
    const region = hide.plain('newsItemIds', item.region)
    return [{ title, url, summary, region, foreign: foreign(item, issue) }]
  })
  const label = hide.plain('linkLabel', content.linkLabel)
  const linked = items.map((item) => ({ ...item, label: item.url ? label : '' }))
  const half = Math.ceil(linked.length / 2)
  const columns = content.columns === 2 ? [linked.slice(0, half), linked.slice(half)] : [linked]
  const title = hide.plain('title', content.title)
  const entries = linked.map((item) =>
    lines(
      [item.title, item.label].filter(Boolean).join(' '),
      richTextToPlain(item.summary),
      plainAddress(item.url),
    ),
  )
  const shown = columns.filter((column) => column.length > 0)
  return {
    partial: 'news-list',
    data: { title, columns: shown, isSplit: shown.length > 1, level },
    text: paragraphs(title, ...entries),
  }
}

function footer(content: Content<'footer'>, hide: Hide): BlockView {
  const plain = (field: keyof Content<'footer'>) => hide.plain(field, content[field])
  const data = {
    sentTo: plain('sentTo'),
    reason: plain('reason'),
    organisation: plain('organisation'),
    address: plain('address'),
    unsubscribeLabel: plain('unsubscribeLabel'),
    webviewLabel: plain('webviewLabel'),
    preferencesLabel: plain('preferencesLabel'),
    copyright: plain('copyright'),
    fundingStatement: plain('fundingStatement'),
    emblemUrl: content.emblemUrl,
    emblemAlt: content.emblemAlt,
    unsubscribeUrl: hide.plain('sentTo', '{{ links.UNSUBSCRIBE }}'),
    webviewUrl: hide.plain('sentTo', '{{ links.WEBVIEW }}'),
    preferencesUrl: hide.plain('sentTo', '{{ links.PREFERENCES }}'),
  }
  const links = [
    lines(data.unsubscribeLabel, data.unsubscribeUrl),
    lines(data.preferencesLabel, data.preferencesUrl),
    lines(data.webviewLabel, data.webviewUrl),
  ]
  const sender = lines(data.organisation, data.address)
  const rights = lines(data.copyright, data.fundingStatement)
  return {
    partial: 'footer',
    data,
    text: paragraphs('--', data.sentTo, data.reason, sender, ...links, rights),
  }
}

/** The language and direction of a news item's words where they differ from the issue's. */
function foreign(item: NewsContent | undefined, issue: IssueContent): { lang: string; dir: string } | null {
  if (!item?.language || item.language.toLowerCase() === issue.language.toLowerCase()) return null
  return { lang: item.language, dir: directionOf(item.language) }
}

function lines(...parts: string[]): string {
  return parts.filter(Boolean).join('\n')
}

function paragraphs(...parts: string[]): string {
  return parts.filter(Boolean).join('\n\n')
}
