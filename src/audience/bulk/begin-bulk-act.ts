import type { DatabaseOrTx } from '../../../db/database.js'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../errors.js'
import { checkedFields } from '../subscriber-fields.js'
import {
  type BulkAct,
  type BulkScope,
  type BulkWhat,
  bulkActJob,
  canBeUndone,
  readBulkAct,
} from './bulk-act.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>
type Wanted = { what: BulkWhat; scope: BulkScope; expected: number | null; by: string | null }

/**
 * Begins to do something to many subscribers and returns the act's id; workers do it slice by slice, to whoever was known by now. Throws
 * `InvalidError` for a list that is gone or a value that its field cannot hold.
 */
export async function beginBulkAct(ctx: Needs, { what, scope, expected, by }: Wanted): Promise<string> {
  const now = ctx.clock.now()
  const id = newId(now)
  const checked = await checkedWhat(ctx.db, what)
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('bulk_act')
      .values({
        id,
        what: JSON.stringify(checked),
        scope: JSON.stringify(scope),
        status: 'running',
        cursor: null,
        expected,
        created_by: by,
        created_at: now,
        finished_at: null,
      })
      .execute()
    const audit = { id: newId(now), account_id: by, action: `bulk-${what.kind}`, subject_ids: [id] }
    await tx
      .insertInto('audit_entry')
      .values({ ...audit, occurred_at: now })
      .execute()
  })
  await ctx.queues.enqueue(bulkActJob, { actId: id })
  return id
}

/** Begins to take an act back where nobody has changed anything since; throws `ConflictError` where that cannot be done. */
export async function undoBulkAct(ctx: Needs, actId: string, by: string | null): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const act = await findBulkAct({ db: tx }, actId)
    if (!canBeUndone(act)) throw new ConflictError('This cannot be taken back.')
    const undoing = await tx
      .updateTable('bulk_act')
      .set({ status: 'undoing' })
      .where('id', '=', actId)
      .where('status', '=', 'done')
      .executeTakeFirst()
    if (undoing.numUpdatedRows === 0n) throw new ConflictError('This is being taken back already.')
    const audit = { id: newId(now), account_id: by, action: `undo-${act.what.kind}`, subject_ids: [actId] }
    await tx
      .insertInto('audit_entry')
      .values({ ...audit, occurred_at: now })
      .execute()
  })
  await ctx.queues.enqueue(bulkActJob, { actId })
}

/** One act; throws `NotFoundError`. */
export async function findBulkAct({ db }: { db: DatabaseOrTx }, id: string): Promise<BulkAct> {
  const row = await db.selectFrom('bulk_act').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFoundError('There is no such act.')
  return readBulkAct(row)
}

async function checkedWhat(db: DatabaseOrTx, what: BulkWhat): Promise<BulkWhat> {
  if (what.kind === 'set-field') {
    const { [what.key]: value = '' } = await checkedFields(db, { [what.key]: what.value }).catch(
      (error: unknown) => {
        if (!(error instanceof InvalidError)) throw error
        throw new InvalidError({ value: Object.values(error.issues)[0] ?? '' })
      },
    )
    return { ...what, value }
  }
  if (what.kind === 'suppress') return what
  const list = await db
    .selectFrom('list')
    .select('id')
    .where('id', '=', what.listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (!list) throw new InvalidError({ listId: 'This list no longer exists.' })
  return what
}
