import type { Tx } from '../../db/database.js'
import type { TranslatedText } from '../../db/tables/block-text.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import type { Block } from '../rendering/blocks.js'
import { type TextPlace, textPlaces } from '../rendering/languages/text-places.js'
import { saidAt } from '../rendering/languages/translate-block.js'
import { blockOf } from './block-of.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { languageOf } from './language-of.js'

export type BlockTexts = {
  blockId: string
  language: string
  /** By place in the content, such as `entries.0.title`; an empty text forgets the translation, one that is left out stays. */
  texts: Readonly<Record<string, string>>
  /** Places whose original has changed and whose translation is right all the same. */
  stillRight?: readonly string[]
}

/**
 * Saves what a block says in a further language and returns the draft's new version. Throws `InvalidError` with one sentence for each place
 * that does not fit, `NotFoundError` for a language or block that is not the issue's, `ConflictError` when somebody else changed the draft.
 */
export async function reviseBlockText(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  given: BlockTexts,
): Promise<number> {
  const { blockId, language } = given
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      await languageOf(tx, draft.issueId, language)
      const block = (await blockOf(tx, draft.issueId, blockId)) as Block
      await keep(tx, { blockId, language }, textsAfter(textPlaces(block), await textsOf(tx, given), given))
    },
    { typing: `block ${blockId} ${language}` },
  )
}

type Place = { blockId: string; language: string }

async function textsOf(tx: Tx, { blockId, language }: Place): Promise<TranslatedText[]> {
  const row = await tx
    .selectFrom('block_text')
    .select('texts')
    .where('block_id', '=', blockId)
    .where('language', '=', language)
    .executeTakeFirst()
  return row?.texts ?? []
}

function textsAfter(
  places: readonly TextPlace[],
  before: readonly TranslatedText[],
  { texts, stillRight = [] }: BlockTexts,
): TranslatedText[] {
  const wrong: Record<string, string> = {}
  const after = places.flatMap((place): TranslatedText[] => {
    const { path, source, schema } = place
    const said = saidAt(place, { places, translations: before })
    const text = texts[path] ?? said?.text ?? ''
    if (text.trim() === '' || isEmptyMarkup(place, text)) return []
    const parsed = schema.safeParse(text)
    if (!parsed.success) wrong[path] = parsed.error.issues[0]?.message ?? 'This does not fit.'
    const isAsBefore = said?.isOutdated === true && said.text === text && !stillRight.includes(path)
    const made = isAsBefore ? before.find((one) => one.path === path && one.text === text) : undefined
    return [{ path, source: made?.source ?? source, text: String(parsed.data ?? text) }]
  })
  if (Object.keys(wrong).length > 0) throw new InvalidError(wrong)
  return after
}

// What an editor leaves behind when everything is deleted.
function isEmptyMarkup({ control }: TextPlace, text: string): boolean {
  return control === 'rich' && text.replace(/<[^>]*>|&nbsp;|\s/g, '') === ''
}

async function keep(tx: Tx, { blockId, language }: Place, texts: readonly TranslatedText[]): Promise<void> {
  if (texts.length === 0) {
    const gone = tx.deleteFrom('block_text').where('block_id', '=', blockId)
    await gone.where('language', '=', language).execute()
    return
  }
  const row = { texts: JSON.stringify(texts) }
  await tx
    .insertInto('block_text')
    .values({ block_id: blockId, language, ...row })
    .onConflict((conflict) => conflict.columns(['block_id', 'language']).doUpdateSet(row))
    .execute()
}
