import type { NewsItems } from '../blocks/define-block.js'
import { directionOf } from '../direction.js'
import type { IssueContent } from '../issue-content.js'
import { primaryLanguage } from './language-tag.js'
import { type Translation, translateBlock } from './translate-block.js'

/** A news item in another language; what is empty is not translated. */
export type NewsTranslation = { title: string; summaryHtml: string; url: string; imageAlt: string }

/** What is known of an issue in one of its further languages; empty texts are missing. */
export type IssueTranslation = {
  language: string
  subject: string
  preheader: string
  /** By block. */
  blocks: Readonly<Record<string, readonly Translation[]>>
  /** By news item, with the language that was found. */
  news: Readonly<Record<string, NewsTranslation & { language: string }>>
}

/** Whether anybody has begun to translate: before that there is no edition, and its readers get another one. */
export function isBegun({ subject, preheader, blocks }: IssueTranslation): boolean {
  return subject !== '' || preheader !== '' || Object.values(blocks).some((texts) => texts.length > 0)
}

/** An issue's content in a language; whatever is not translated stays in the language it was written in. `date` is in words of the language. */
export function translateIssue(
  content: IssueContent,
  { language, subject, preheader, blocks, news }: IssueTranslation,
  date: string,
): IssueContent {
  return {
    ...content,
    language,
    direction: directionOf(language),
    subject: subject || content.subject,
    preheader: preheader || content.preheader,
    date,
    blocks: content.blocks.map((block) =>
      translateBlock(block, { language, translations: blocks[block.id] ?? [] }),
    ),
    newsItems: translateNews(content.newsItems, { language, news }),
  }
}

/** An issue in the language it was written in: news from elsewhere as somebody has translated it, and our own words that nobody has changed. */
export function inOwnLanguage(content: IssueContent, news: IssueTranslation['news'] = {}): IssueContent {
  const { language } = content
  const own = { ...content, newsItems: translateNews(content.newsItems, { language, news }) }
  if (primaryLanguage(language) === 'en') return own
  return {
    ...own,
    blocks: content.blocks.map((block) => translateBlock(block, { language, translations: [] })),
  }
}

function translateNews(
  items: NewsItems,
  { language, news }: Pick<IssueTranslation, 'language' | 'news'>,
): NewsItems {
  return Object.fromEntries(
    Object.entries(items).map(([id, item]) => {
      const said = news[id]
      if (!said || primaryLanguage(item.language) === primaryLanguage(language)) return [id, item]
      const translated = {
        ...item,
        language: said.language,
        title: said.title || item.title,
        summaryHtml: said.summaryHtml || item.summaryHtml,
        url: said.url || item.url,
        imageAlt: said.imageAlt || item.imageAlt,
      }
      return [id, translated]
    }),
  )
}
