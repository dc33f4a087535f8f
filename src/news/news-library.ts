import type { Context } from '../context.js'
import type { NewsFilter } from './news-filter.js'
import { type FoundNewsItem, searchNews } from './search-news.js'

const MOST = 200

/** What issues are made of: accepted news items that a filter fits, the newest first, each with where it is used. */
export async function newsLibrary(
  { db }: Pick<Context, 'db'>,
  { limit = MOST, ...filter }: NewsFilter & { limit?: number } = {},
): Promise<FoundNewsItem[]> {
  return (await searchNews({ db }, { ...filter, status: 'accepted', limit })).items
}

/** The regions that news items, feeds and partners name, for filters and suggestions. */
export async function newsRegions({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const rows = await db
    .selectFrom('news_item')
    .select('region')
    .where('region', '!=', '')
    .union(db.selectFrom('feed').select('region').where('region', '!=', ''))
    .union(db.selectFrom('account').select('region').where('region', '!=', ''))
    .orderBy('region')
    .execute()
  return rows.map((row) => row.region)
}

/** The languages of news items, for filters. */
export async function newsLanguages({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const rows = await db.selectFrom('news_item').select('language').distinct().orderBy('language').execute()
  return rows.map((row) => row.language)
}
