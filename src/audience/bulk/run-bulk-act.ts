import type { Tx } from '../../../db/database.js'
import type { Context } from '../../context.js'
import { segmentFacts } from '../segments/segment-facts.js'
import { fitsFilter } from '../subscriber-filter.js'
import { hasWordIndex } from '../word-index.js'
import { type BulkAct, bulkActJob, readBulkAct } from './bulk-act.js'
import { doToSlice } from './do-to-slice.js'
import { undoSlice } from './undo-slice.js'

const SLICE = 1000

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>

/** Does an act, or takes it back, slice by slice from where it stopped; each slice is a transaction of its own. */
export async function runBulkAct(ctx: Needs, actId: string): Promise<void> {
  while (await runSlice(ctx, actId));
}

/** Reminds the workers of acts that a crash or a lost job forgot. */
export async function remindBulkActs({ db, queues }: Pick<Context, 'db' | 'queues'>): Promise<void> {
  const open = await db
    .selectFrom('bulk_act')
    .select('id')
    .where('status', 'in', ['running', 'undoing'])
    .execute()
  for (const { id } of open) await queues.enqueue(bulkActJob, { actId: id })
}

/** Whether there may be another slice. */
async function runSlice({ db, clock, keys }: Needs, actId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('bulk_act')
      .selectAll()
      .where('id', '=', actId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return false
    const act = readBulkAct(row)
    const now = clock.now()
    if (act.status === 'running') return doSlice(tx, act, { now, keys })
    return act.status === 'undoing' ? takeSliceBack(tx, act, now) : false
  })
}

async function doSlice(
  tx: Tx,
  act: BulkAct,
  { now, keys }: { now: Date } & Pick<Context, 'keys'>,
): Promise<boolean> {
  const ids = await nextIds(tx, act)
  const update = tx.updateTable('bulk_act').where('id', '=', act.id)
  if (ids.length === 0) {
    await update.set({ status: 'done', scope: null, finished_at: now }).execute()
    return false
  }
  const changed = await doToSlice(tx, act, { ids, now, keys })
  await update
    .set({ cursor: ids.at(-1) ?? null, seen: act.seen + ids.length, changed: act.changed + changed })
    .execute()
  return true
}

async function takeSliceBack(tx: Tx, act: BulkAct, now: Date): Promise<boolean> {
  const changes = await tx
    .selectFrom('bulk_change')
    .select(['subscriber_id', 'before'])
    .where('act_id', '=', act.id)
    .orderBy('subscriber_id')
    .limit(SLICE)
    .execute()
  const update = tx.updateTable('bulk_act').where('id', '=', act.id)
  if (changes.length === 0) {
    await update.set({ status: 'undone', finished_at: now }).execute()
    return false
  }
  const undone = await undoSlice(tx, act, { changes, now })
  await tx
    .deleteFrom('bulk_change')
    .where('act_id', '=', act.id)
    .where(
      'subscriber_id',
      'in',
      changes.map((one) => one.subscriber_id),
    )
    .execute()
  await update.set({ undone: act.undone + undone }).execute()
  return true
}

async function nextIds(tx: Tx, { scope, cursor, created_at }: BulkAct): Promise<string[]> {
  if (!scope) return []
  // Who came in the meantime was not among those whom somebody looked at.
  let query = tx
    .selectFrom('subscriber as p')
    .select('p.id')
    .where('p.created_at', '<=', created_at)
    .orderBy('p.id')
    .limit(SLICE)
  if (cursor) query = query.where('p.id', '>', cursor)
  if ('ids' in scope) query = query.where('p.id', 'in', scope.ids)
  else {
    const { search, listId, status, tree } = scope
    const filter = {
      search,
      ...(listId ? { listId } : {}),
      ...(status ? { status } : {}),
      ...(tree ? { segment: { tree, facts: await segmentFacts(tx, created_at) } } : {}),
    }
    query = query.where(fitsFilter(filter, { byWords: search ? await hasWordIndex(tx) : true }))
  }
  const rows = await query.execute()
  return rows.map(({ id }) => id)
}
