import type { Tx } from '../../db/database.js'
import type { TranslatedText } from '../../db/tables/block-text.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import type { Block } from '../rendering/blocks.js'
import { type TextPlace, textPlaces } from '../rendering/languages/text-places.js'
import { saidAt } from '../rendering/languages/translate-block.js'
import { blockOf } from './block-of.js'
import { canonical } from './canonical.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { languageOf } from './language-of.js'
import { type Base, baseOf, ClashError, mergeChanges } from './merge-changes.js'

export type BlockTexts = {
  blockId: string
  language: string
  /** By place in the content, such as `entries.0.title`; an empty text forgets the translation, one that is left out stays. */
  texts: Readonly<Record<string, string>>
  /** Places whose original has changed and whose translation is right all the same. */
  stillRight?: readonly string[]
  /** What the form was made from, by `textsBase`. */
  base?: Base | undefined
}

/**
 * Saves what a block says in a further language and returns the draft's new version. With a `base` only what was changed since it is saved, also
 * when others have changed the draft meanwhile. Throws `InvalidError` with one sentence for each place that does not fit, `NotFoundError` for a
 * language or block that is not the issue's, `ConflictError` when somebody else changed the draft, and with a `base` `ClashError` only when they
 * changed the same words or the original of them.
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
      const places = textPlaces(block)
      const before = await textsOf(tx, given)
      const texts = given.base ? mergedTexts(places, before, { ...given, base: given.base }) : given.texts
      await keep(tx, { blockId, language }, textsAfter(places, before, { ...given, texts }))
    },
    { typing: `block ${blockId} ${language}`, ...(given.base ? { follows: async () => true } : {}) },
  )
}

/** What the form of a block's texts in a language is made from: each text with the original that stood beside it. */
export function textsBase(block: Block, translations: readonly TranslatedText[]): Base {
  return baseOf(saidNow(textPlaces(block), translations))
}

/** What a form that has just been saved is made from now. */
export function textsBaseAfter(
  block: Block,
  { base, texts }: { base: Base; texts: BlockTexts['texts'] },
): Base {
  return baseOf(meant(textPlaces(block), { base, texts }))
}

function mergedTexts(
  places: readonly TextPlace[],
  before: readonly TranslatedText[],
  { base, texts }: { base: Base; texts: BlockTexts['texts'] },
): Record<string, string> {
  try {
    const mine = meant(places, { base, texts })
    return textsIn(mergeChanges({ base, mine, current: saidNow(places, before) }))
  } catch (error) {
    if (!(error instanceof ClashError)) throw error
    const theirs = Object.entries(error.theirs as Partial<Record<string, SaidThere>>).map(([path, said]) => [
      path,
      // Where the original has changed, too, it is seen beside the translation.
      said && canonical(baseOf({ is: said.source })) === canonical({ is: sourceIn(base, path) })
        ? said.text
        : said,
    ])
    throw new ClashError({ ...error, theirs: Object.fromEntries(theirs), merged: textsIn(error.merged) })
  }
}

type SaidThere = { source: unknown; text: string }

function textsIn(said: Readonly<Record<string, unknown>>): Record<string, string> {
  const places = Object.entries(said as Partial<Record<string, SaidThere>>)
  return Object.fromEntries(places.flatMap(([path, one]) => (one ? [[path, one.text]] : [])))
}

function sourceIn(base: Base, path: string): unknown {
  return (base[path] as SaidThere | undefined)?.source
}

function saidNow(
  places: readonly TextPlace[],
  translations: readonly TranslatedText[],
): Record<string, SaidThere> {
  const said = places.map((place) => {
    const text = saidAt(place, { places, translations })?.text ?? ''
    return [place.path, { source: place.source, text }] as const
  })
  return Object.fromEntries(said)
}

function meant(
  places: readonly TextPlace[],
  { base, texts }: { base: Base; texts: BlockTexts['texts'] },
): Record<string, SaidThere> {
  const said = Object.entries(texts).map(([path, text]) => {
    const place = places.find((one) => one.path === path)
    return [path, { source: sourceIn(base, path), text: place ? asKept(place, text) : text }] as const
  })
  return Object.fromEntries(said)
}

function asKept(place: TextPlace, text: string): string {
  if (text.trim() === '' || isEmptyMarkup(place, text)) return ''
  return String(place.schema.safeParse(text).data ?? text)
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
