import type { DatabaseOrTx } from '../../db/database.js'
import type { IssueContent } from '../rendering/issue-content.js'
import { primaryLanguage } from '../rendering/languages/language-tag.js'
import { closestLanguage } from '../rendering/languages/pick-language.js'
import type { Translation } from '../rendering/languages/translate-block.js'
import type { IssueTranslation } from '../rendering/languages/translate-issue.js'
import type { IssueWithBlocks } from './issue.js'
import { usedNewsIds } from './used-news-ids.js'

/** What is known of an issue in its further languages, in their order; a text that is missing in `pt-BR` is taken from its `pt`. */
export async function issueTranslations(
  { db }: { db: DatabaseOrTx },
  issue: IssueWithBlocks,
): Promise<IssueTranslation[]> {
  const languages = await db
    .selectFrom('issue_language')
    .select(['language', 'subject', 'preheader'])
    .where('issue_id', '=', issue.id)
    .where('language', '!=', issue.language)
    .orderBy('position')
    .execute()
  if (languages.length === 0) return []
  const [texts, news] = await Promise.all([blockTexts(db, issue), newsTexts(db, usedNewsIds(issue))])
  return languages.map(({ language, subject, preheader }) => {
    const kin = languages
      .map((one) => one.language)
      .filter((other) => primaryLanguage(other) === primaryLanguage(language))
    const nearest = [language, ...kin.filter((other) => other !== language)]
    const blocks = issue.blocks.map(({ id }) => [id, nearest.flatMap((tag) => texts.of(id, tag))] as const)
    return { language, subject, preheader, blocks: Object.fromEntries(blocks), news: newsIn(news, language) }
  })
}

/** What news says in the language that an issue was written in, of the items that are in another one. */
export async function newsInOwnLanguage(
  { db }: { db: DatabaseOrTx },
  { language, newsItems }: Pick<IssueContent, 'language' | 'newsItems'>,
): Promise<IssueTranslation['news']> {
  const foreign = Object.values(newsItems).filter(
    (item) => primaryLanguage(item.language) !== primaryLanguage(language),
  )
  const texts = await newsTexts(
    db,
    foreign.map(({ id }) => id),
  )
  return newsIn(texts, language)
}

/** All languages of an issue in the order in which readers fall back who speak none of them. */
export function fallbackOrder(
  { language, language_place }: { language: string; language_place: number },
  further: readonly string[],
): string[] {
  return [...further].toSpliced(Math.min(language_place, further.length), 0, language)
}

async function blockTexts(db: DatabaseOrTx, { id }: IssueWithBlocks) {
  const rows = await db
    .selectFrom('block_text')
    .innerJoin('block', 'block.id', 'block_text.block_id')
    .select(['block_id', 'language', 'texts'])
    .where('block.issue_id', '=', id)
    .execute()
  const byBlock = new Map<string, readonly Translation[]>(
    rows.map(({ block_id, language, texts }) => [`${block_id} ${language}`, texts]),
  )
  return { of: (blockId: string, language: string) => byBlock.get(`${blockId} ${language}`) ?? [] }
}

type NewsRow = Awaited<ReturnType<typeof newsTexts>>[number]

async function newsTexts(db: DatabaseOrTx, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('news_item_text')
    .selectAll()
    .where('news_item_id', 'in', [...ids])
    .orderBy('language')
    .execute()
}

function newsIn(rows: readonly NewsRow[], language: string): IssueTranslation['news'] {
  const items = [...new Set(rows.map(({ news_item_id }) => news_item_id))]
  return Object.fromEntries(
    items.flatMap((id) => {
      const known = rows.filter((row) => row.news_item_id === id)
      const tag = closestLanguage(
        language,
        known.map((row) => row.language),
      )
      const row = known.find((one) => one.language === tag)
      if (!row) return []
      const { title, summary_html: summaryHtml, url, image_alt: imageAlt } = row
      return [[id, { language: row.language, title, summaryHtml, url, imageAlt }] as const]
    }),
  )
}
