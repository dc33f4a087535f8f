import type { NewsItemText } from '../../db/tables/news-item-text.js'
import type { Context } from '../context.js'

/** What a news item says in other languages, by language. */
export async function newsTexts({ db }: Pick<Context, 'db'>, id: string): Promise<NewsItemText[]> {
  return db
    .selectFrom('news_item_text')
    .selectAll()
    .where('news_item_id', '=', id)
    .orderBy('language')
    .execute()
}
