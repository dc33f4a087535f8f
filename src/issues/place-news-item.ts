import type { Tx } from '../../db/database.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { fieldsOf } from '../rendering/blocks/fields.js'
import { type BlockKind, blockSchemas, definitionOf, newBlockContent } from '../rendering/blocks.js'
import { footerPosition, makeRoom } from './block-order.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { hasSameOutline } from './outline-key.js'

/** Where a news item of the library is to stand in an issue. */
export type NewsPlace =
  /** A lead story of its own: at a position among the blocks, else below the other lead stories, or above the first list. */
  | { as: 'lead'; position?: number | undefined }
  /** In the first block that lists news items; a news list is added when there is none. */
  | { as: 'list' }
  /** In a block that shows news items, at an index among them (the end when none is given). */
  | { into: string; index?: number | undefined }

type Placed = { blockId: string; version: number }
type Row = { id: string; kind: string; position: number; content: unknown }

/**
 * Puts a news item into an issue, and takes it out of the block that it is moved `from`. A list that holds it already moves it to the
 * new place. Throws `InvalidError` when the library has no such item, the block takes none or is full, `ConflictError` when somebody
 * else changed the draft; nothing is then changed.
 */
export async function placeNewsItem(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  { newsItemId, place, from }: { newsItemId: string; place: NewsPlace; from?: string | undefined },
): Promise<Placed> {
  let blockId = ''
  const version = await changeDraft(
    ctx,
    draft,
    async (tx) => {
      await mustBeInLibrary(tx, newsItemId)
      const blocks = await blocksOf(tx, draft.issueId)
      const target = blocks.find((block) =>
        'into' in place ? block.id === place.into : isList(place, block),
      )
      if ('into' in place && !target)
        throw new InvalidError({ into: 'This block is no longer part of the issue.' })
      const left = blocks.find(({ id }) => id === from && id !== target?.id)
      if (left) await save(tx, left, without(left, newsItemId))
      blockId = target?.id ?? newId(ctx.clock.now())
      if (target) return save(tx, target, withItem(target, newsItemId, place))
      const kind = 'as' in place && place.as === 'lead' ? 'lead-story' : 'news-list'
      const fresh = { id: blockId, kind, position: 0, content: newBlockContent(kind) }
      await insert(tx, draft.issueId, {
        ...fresh,
        position: await positionFor(tx, draft.issueId, { place, blocks }),
        content: withItem(fresh, newsItemId, place),
      })
    },
    { follows: hasSameOutline },
  )
  return { blockId, version }
}

/** The field of a kind of block that holds news items, and whether it holds many; null when it has none. */
export function newsFieldOf(kind: BlockKind): { name: string; isList: boolean } | null {
  const field = fieldsOf(definitionOf(kind).schema).find(({ control }) =>
    ['news-items', 'one-news-item'].includes(control.control),
  )
  return field ? { name: field.name, isList: field.control.control === 'news-items' } : null
}

const isList = (place: NewsPlace, { kind }: Row) =>
  'as' in place && place.as === 'list' && newsFieldOf(kind as BlockKind)?.isList === true

async function mustBeInLibrary(tx: Tx, newsItemId: string): Promise<void> {
  const item = await tx
    .selectFrom('news_item')
    .select('id')
    .where('id', '=', newsItemId)
    .where('status', '=', 'accepted')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (!item) throw new InvalidError({ newsItemId: 'This news item is not in the library any more.' })
}

function blocksOf(tx: Tx, issueId: string): Promise<Row[]> {
  return tx
    .selectFrom('block')
    .select(['id', 'kind', 'position', 'content'])
    .where('issue_id', '=', issueId)
    .orderBy('position')
    .execute()
}

function withItem({ kind, content }: Row, newsItemId: string, place: NewsPlace): object {
  const field = newsFieldOf(kind as BlockKind)
  if (!field) throw new InvalidError({ into: 'This kind of block shows no news items.' })
  const known = content as Record<string, unknown>
  if (!field.isList) return { ...known, [field.name]: newsItemId }
  const others = ((known[field.name] ?? []) as string[]).filter((id) => id !== newsItemId)
  const index = 'into' in place ? (place.index ?? others.length) : others.length
  return { ...known, [field.name]: others.toSpliced(index, 0, newsItemId) }
}

function without({ kind, content }: Row, newsItemId: string): object {
  const field = newsFieldOf(kind as BlockKind)
  const known = content as Record<string, unknown>
  if (!field) return known
  if (!field.isList) return { ...known, [field.name]: null }
  return { ...known, [field.name]: (known[field.name] as string[]).filter((id) => id !== newsItemId) }
}

async function positionFor(
  tx: Tx,
  issueId: string,
  { place, blocks }: { place: NewsPlace; blocks: readonly Row[] },
): Promise<number> {
  const end = await footerPosition(tx, issueId)
  if (!('as' in place) || place.as === 'list') return end
  const lead = blocks.findLast(({ kind }) => kind === 'lead-story')
  const list = blocks.find(({ kind }) => newsFieldOf(kind as BlockKind)?.isList)
  const natural = lead ? lead.position + 1 : (list?.position ?? end)
  return Math.max(0, Math.min(place.position ?? natural, end))
}

async function insert(tx: Tx, issueId: string, { content, ...row }: Row): Promise<void> {
  await makeRoom(tx, issueId, row.position)
  await tx
    .insertInto('block')
    .values({ ...row, issue_id: issueId, content: parsed(row.kind, content) })
    .execute()
}

async function save(tx: Tx, { id, kind }: Row, content: object): Promise<void> {
  await tx
    .updateTable('block')
    .set({ content: parsed(kind, content) })
    .where('id', '=', id)
    .execute()
}

// A list that grows too long says so in its schema's words.
function parsed(kind: string, content: unknown): string {
  const result = blockSchemas[kind as BlockKind].safeParse(content)
  if (!result.success)
    throw new InvalidError({ into: result.error.issues[0]?.message ?? 'This does not fit.' })
  return JSON.stringify(result.data)
}
