import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'
import type { Import } from '../../../db/tables/import.js'
import { leaveOutWordIndex } from '../word-index.js'
import { endImport } from './end-import.js'
import type { ImportNeeds } from './import-needs.js'
import { mergeSlice } from './merge-slice.js'
import { ROUND, roundOf } from './place.js'
import type { Progress } from './run-import.js'

const SLICE_ROWS = 10_000

/** Merges the rows of an import in slices as they are staged, until all are, the import is stopped, or `signal` says so. */
export async function mergeRows(
  needs: Pick<ImportNeeds, 'db' | 'clock'>,
  one: Import,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<void> {
  let from = one.place
  let isSettled = one.status === 'checking'
  while (!signal.aborted) {
    const { staged, isRead } = progress
    const next = await nextSlice(needs.db, one.id, { from, isRead })
    if (next && (isRead || next.rows === SLICE_ROWS)) {
      const added = await mergeSlice(needs.db, { one, from, to: next.to, now: needs.clock.now() })
      if (added === null) return
      isSettled ||= await leaveOutWordIndex(needs.db, added)
      from = next.to
      continue
    }
    if (isRead) {
      await endImport(needs, one.id, { move: one.status === 'checking' ? 'checked' : 'finish' })
      return
    }
    if (progress.staged === staged && !progress.isRead) await somethingNew(progress, signal)
  }
}

/** The last place of the next rows, which are all of one round; null: there are none. Later rounds begin when everything has been read. */
async function nextSlice(
  db: Database,
  importId: string,
  { from, isRead }: { from: number; isRead: boolean },
): Promise<{ to: number; rows: number } | null> {
  const { rows } = await sql<{ first: number | null; last: number; rows: number }>`
    select min(place) as first, max(place) as last, count(*) as rows from (
      select place from import_row where import_id = ${importId} and place > ${from}
        ${isRead ? sql`` : sql`and place < ${ROUND}::bigint`} order by place limit ${SLICE_ROWS}) r`.execute(
    db,
  )
  const [found] = rows
  if (!found || found.first === null) return null
  const round = roundOf(found.first)
  return { to: roundOf(found.last) === round ? found.last : (round + 1) * ROUND - 1, rows: found.rows }
}

function somethingNew(progress: Progress, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const go = () => {
      signal.removeEventListener('abort', go)
      progress.wake = () => undefined
      resolve()
    }
    progress.wake = go
    signal.addEventListener('abort', go)
  })
}
