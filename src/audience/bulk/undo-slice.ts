import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../../db/database.js'
import type { BulkAct } from './bulk-act.js'
import { recordAll } from './do-to-slice.js'

const Before = z.object({
  was: z.enum(['none', 'pending']).optional(),
  at: z.iso.datetime().optional(),
  value: z.string().optional(),
  suppressionId: z.uuid().optional(),
})
type Change = { subscriber_id: string; before: unknown }

/** Gives people back what an act changed, where it is still as the act left it; returns for how many that was so. */
export async function undoSlice(
  tx: Tx,
  { what }: BulkAct,
  { changes, now }: { changes: readonly Change[]; now: Date },
): Promise<number> {
  const before = changes.map((change) => ({ id: change.subscriber_id, ...Before.parse(change.before) }))
  switch (what.kind) {
    case 'add-to-list':
      return takeOffList(tx, what.listId, { before, now })
    case 'remove-from-list':
      return 0
    case 'set-field': {
      const { rows } = await sql<{ id: string }>`
        update subscriber p set fields = case when old.value = '' then p.fields - ${what.key}::text
          else p.fields || jsonb_build_object(${what.key}::text, old.value) end
        from unnest(${before.map(({ id }) => id)}::uuid[], ${before.map(({ value }) => value ?? '')}::text[]) as old (id, value)
        where old.id = p.id and coalesce(p.fields ->> ${what.key}, '') = ${what.value}
        returning p.id`.execute(tx)
      return rows.length
    }
    case 'suppress': {
      const ids = before.flatMap(({ suppressionId }) => suppressionId ?? [])
      const lifted = await tx
        .deleteFrom('suppression')
        .where('id', 'in', ids)
        .where('reason', '=', 'manual')
        .executeTakeFirst()
      return Number(lifted.numDeletedRows)
    }
  }
}

async function takeOffList(
  tx: Tx,
  listId: string,
  { before, now }: { before: readonly (z.infer<typeof Before> & { id: string })[]; now: Date },
): Promise<number> {
  const ids = before.map(({ id }) => id)
  const times = before.map(({ at }) => at ?? now.toISOString())
  const untouched = sql`s.list_id = ${listId} and s.subscriber_id = old.id and s.status = 'confirmed' and s.confirmed_at = old.at`
  const old = (was: string) => sql`(
    select id, at from unnest(${ids}::uuid[], ${times}::timestamptz[], ${before.map((one) => one.was ?? 'none')}::text[]) as all_old (id, at, was)
    where was = ${was}) old`
  const gone = await sql<{ id: string }>`
    delete from subscription s using ${old('none')} where ${untouched} returning s.subscriber_id as id`.execute(
    tx,
  )
  const waiting = await sql<{ id: string }>`
    update subscription s set status = 'pending', confirmed_at = null from ${old('pending')} where ${untouched}
    returning s.subscriber_id as id`.execute(tx)
  const back = [...gone.rows, ...waiting.rows].map(({ id }) => id)
  const note = 'Adding them to the list was taken back.'
  await recordAll(tx, back, { listId, kind: 'add-undone', channel: 'coordinator', note, now })
  return back.length
}
