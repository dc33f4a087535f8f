import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'
import type { ImportNeeds } from './import-needs.js'
import { importAfter, importsBefore } from './import-status.js'

type Ending = { move: 'checked' | 'recall' | 'finish' | 'stop' | 'fail'; problem?: string }

/**
 * Ends an import, or the trial run of one, and forgets the rows on their way and the uploaded file; of a trial run only what it has counted
 * is left. What has ended already is left as it is. Returns whether it was under way.
 */
export async function endImport(
  { db, clock }: Pick<ImportNeeds, 'db' | 'clock'>,
  importId: string,
  { move, problem = '' }: Ending,
): Promise<boolean> {
  const isTrial = move === 'checked' || move === 'recall'
  const ended = await db
    .updateTable('import')
    .set({
      status: importAfter(importsBefore(move)[0] ?? 'draft', move) ?? 'failed',
      problem,
      ...(isTrial
        ? {
            checked: move === 'checked' ? COUNTS : null,
            ...NOTHING_DONE,
          }
        : { finished_at: clock.now() }),
    })
    .where('id', '=', importId)
    .where('status', 'in', importsBefore(move))
    .executeTakeFirst()
  if (ended.numUpdatedRows === 0n) return false
  await forgetRows(db, importId)
  if (!isTrial) await db.deleteFrom('import_file').where('import_id', '=', importId).execute()
  return true
}

// Deleting a million rows one by one takes as long as writing them; emptied as a whole, the table is free at once.
async function forgetRows(db: Database, importId: string): Promise<void> {
  const { rows } = await sql<{
    is_empty: boolean
  }>`select forget_import_rows(${importId}) as is_empty`.execute(db)
  if (!rows[0]?.is_empty) await db.deleteFrom('import_row').where('import_id', '=', importId).execute()
}

const COUNTS = sql<string>`jsonb_build_object('added', added, 'updated', updated, 'unchanged', unchanged, 'refused', refused)`

/** An import before its first row. */
export const NOTHING_DONE = {
  staged: 0,
  is_read: false,
  place: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  failures: 0,
}
