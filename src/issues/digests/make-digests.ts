import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'
import type { Digest } from '../../../db/tables/digest.js'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { searchNews } from '../../news/search-news.js'
import { type Block, newBlockContent } from '../../rendering/blocks.js'
import { draftContent } from '../draft-steps.js'
import { insertBlocks, type NewBlock } from '../insert-blocks.js'
import { chooseSegments } from '../issue-segments.js'
import { nextDigest } from './digest-days.js'
import { sendMadeDigests } from './send-made-digests.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** More would be no newsletter any more. */
const MOST_NEWS = 50

/**
 * Makes every digest that is due: an issue like the one it is made from, its news list filled with the news that no issue has shown
 * yet, as a draft or on its way. One issue a date, however many workers do this at once; of dates that were missed while nothing
 * ran, the last alone counts.
 */
export async function makeDigests(ctx: Needs): Promise<void> {
  await sendMadeDigests(ctx)
  while (await makeNext(ctx)) await sendMadeDigests(ctx)
}

/** Whether one was due. */
async function makeNext({ db, clock }: Needs): Promise<boolean> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    // One at a time, so that no two of them take the same news.
    await sql`select pg_advisory_xact_lock(hashtext('digests'))`.execute(tx)
    const digest = await tx
      .selectFrom('digest')
      .selectAll()
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (!digest) return false
    const day = lastMissed(digest, now)
    const made = await make(tx, { digest, day, now })
    const next = made.isOver ? null : nextDigest(digest, now)
    await tx
      .updateTable('digest')
      .set({ next_at: next?.at ?? null, last_note: made.note, to_send_id: made.toSendId })
      .where('id', '=', digest.id)
      .execute()
    return true
  })
}

/** The day of the latest date that is due. */
function lastMissed(digest: Digest, now: Date): string {
  const due = digest.next_at as Date
  let last = nextDigest(digest, new Date(due.getTime() - 1))
  for (let next = last; next && next.at <= now; next = nextDigest(digest, next.at)) last = next
  return last?.day ?? due.toISOString().slice(0, 10)
}

type Due = { digest: Digest; day: string; now: Date }
type Made = { note: string; toSendId: string | null; isOver: boolean }

async function make(tx: Tx, { digest, day, now }: Due): Promise<Made> {
  const nothing = { toSendId: null, isOver: false }
  if (!digest.issue_id)
    return { ...nothing, isOver: true, note: 'The issue that it is made from is gone. Choose another one.' }
  const { region, language, skips_empty: skipsEmpty, sends_itself: sendsItself } = digest
  const { items } = await searchNews(
    { db: tx },
    { use: 'never', status: 'accepted', validOn: day, region, language, limit: MOST_NEWS },
  )
  if (items.length === 0 && skipsEmpty)
    return { ...nothing, note: `${day}: there was no news, so none was made.` }
  const id = await insertIssue(tx, { digest, day, now }, digest.issue_id)
  if (!id) return { ...nothing, note: digest.last_note }
  const { blocks } = await draftContent(tx, digest.issue_id)
  const newsIds = items.map((item) => item.id)
  await insertBlocks(tx, { issueId: id, now }, withNews(blocks as Block[], newsIds))
  const count = `${items.length} news ${items.length === 1 ? 'item' : 'items'}`
  return { ...nothing, toSendId: sendsItself ? id : null, note: `${day}: made with ${count}.` }
}

/** Null when there is one for this day. */
async function insertIssue(tx: Tx, { digest, day, now }: Due, templateId: string): Promise<string | null> {
  const { fields, listIds, segments } = await draftContent(tx, templateId)
  const id = newId(now)
  const made = await tx
    .insertInto('issue')
    .values({
      ...fields,
      id,
      status: 'draft',
      title: `${digest.title}, ${longDay(day)}`,
      digest_id: digest.id,
      digest_on: day,
      created_by: digest.created_by,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['digest_id', 'digest_on']).doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) return null
  const lists = listIds.map((list_id) => ({ issue_id: id, list_id }))
  if (lists.length > 0) await tx.insertInto('issue_list').values(lists).execute()
  await chooseSegments(tx, id, segments ?? [])
  return id
}

/** The first news list with these news items; one before the footer where there is none. */
function withNews(blocks: readonly Block[], newsItemIds: string[]): NewBlock[] {
  const place = blocks.findIndex(({ kind }) => kind === 'news-list')
  if (place >= 0)
    return blocks.map((block, index) =>
      index === place && block.kind === 'news-list'
        ? { kind: block.kind, content: { ...block.content, newsItemIds } }
        : block,
    )
  const list: NewBlock = { kind: 'news-list', content: { ...newBlockContent('news-list'), newsItemIds } }
  return blocks.flatMap((block): NewBlock[] => (block.kind === 'footer' ? [list, block] : [block]))
}

function longDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00Z`),
  )
}
