import { z } from 'zod'
import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { ConflictError, InvalidError } from '../errors.js'
import { LanguageTag } from '../rendering/languages/language-tag.js'
import { sanitizeRichText } from '../rendering/rich-text.js'
import { newsItem } from './news-item.js'
import { NewsItemForm } from './news-item-form.js'
import { OPEN_TO_PARTNERS } from './revise-proposal.js'

/** A news item in another language; without a link it keeps its own. */
export const NewsTextForm = z.object({
  language: LanguageTag,
  title: NewsItemForm.shape.title,
  summaryHtml: NewsItemForm.shape.summaryHtml,
  url: NewsItemForm.shape.url,
  imageAlt: NewsItemForm.shape.imageAlt,
})

export type NewsTextInput = z.infer<typeof NewsTextForm>

/** A news item as somebody saw it; `region` is that of a partner, who may change what is open to partners only. */
export type NewsTarget = { id: string; version: number; region?: string | undefined }

type Needs = Pick<Context, 'db' | 'clock'>

/**
 * Saves what a news item says in another language, in place of what it said before, and counts its version on. Throws `InvalidError` at
 * `language` for the news item's own, `ConflictError` when somebody else saved it meanwhile, `NotFoundError`.
 */
export async function translateNewsItem(
  ctx: Needs,
  target: NewsTarget,
  { language, title, summaryHtml, url, imageAlt }: NewsTextInput,
): Promise<void> {
  const { language: own } = await newsItem(ctx, target.id, target.region)
  if (own === language) throw new InvalidError({ language: 'The news item is in this language already.' })
  const text = { title, summary_html: sanitizeRichText(summaryHtml), url, image_alt: imageAlt }
  await changeTexts(ctx, target, (tx) =>
    tx
      .insertInto('news_item_text')
      .values({ news_item_id: target.id, language, ...text })
      .onConflict((conflict) => conflict.columns(['news_item_id', 'language']).doUpdateSet(text))
      .execute(),
  )
}

/** Forgets what a news item says in another language. Throws `ConflictError` when somebody else saved it meanwhile, `NotFoundError`. */
export async function forgetNewsTranslation(ctx: Needs, target: NewsTarget, language: string): Promise<void> {
  await changeTexts(ctx, target, (tx) =>
    tx
      .deleteFrom('news_item_text')
      .where('news_item_id', '=', target.id)
      .where('language', '=', language)
      .execute(),
  )
}

async function changeTexts(
  { db, clock }: Needs,
  { id, version, region }: NewsTarget,
  change: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    let bumped = tx
      .updateTable('news_item')
      .set({ version: version + 1, updated_at: clock.now() })
      .where('id', '=', id)
      .where('version', '=', version)
    if (region !== undefined)
      bumped = bumped
        .where('region', '=', region)
        .where('archived_at', 'is', null)
        .where('status', 'in', [...OPEN_TO_PARTNERS])
    const { numUpdatedRows } = await bumped.executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) {
      await newsItem({ db: tx }, id, region)
      throw new ConflictError('Somebody else has saved this news item since you opened it.')
    }
    await change(tx)
  })
}
