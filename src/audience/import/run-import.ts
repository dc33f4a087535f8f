import { sql } from 'kysely'
import { openCopyConnection } from '../../../db/copy-connection.js'
import type { Database } from '../../../db/database.js'
import type { Import } from '../../../db/tables/import.js'
import { DomainError } from '../../errors.js'
import { chosenColumns } from './columns/chosen-columns.js'
import { endImport } from './end-import.js'
import { importFields } from './import-fields.js'
import type { ImportNeeds } from './import-needs.js'
import { mergeRows } from './merge-rows.js'
import { type ImportSource, storedSource } from './source/import-source.js'
import { inspectFiles } from './source/inspect-files.js'
import { openFiles } from './source/open-files.js'
import { stageRows } from './stage-rows.js'

type Options = {
  /** Where the file is when it was not uploaded. */
  source?: ImportSource
  /** Ends after what is being done now; the rest is taken up later. */
  stopping?: AbortSignal
}

/** An import that breaks off so often without coming any further never will. */
const MOST_FAILURES = 5
const BROKEN =
  'This import broke off five times at the same place, and was given up. Whoever was added by then stays; the log of the server says why.'

/**
 * Brings an import as far as it goes: reads its rows and merges them beside each other, from where an earlier run has come to. Does nothing
 * when another process is at it. A file that cannot be read ends it as `failed`, and so does breaking off
 * again and again.
 */
export async function runImport(needs: ImportNeeds, importId: string, options: Options = {}): Promise<void> {
  await alone(needs.db, importId, async (): Promise<unknown> => {
    const one = await openImport(needs.db, importId)
    if (!one || (!one.is_read && !one.is_uploaded && !options.source)) return null
    try {
      return await readAndMerge(needs, one, options)
    } catch (error) {
      if (error instanceof DomainError)
        return endImport(needs, importId, { move: 'fail', problem: error.message })
      // The database may be what failed.
      if ((await countFailure(needs.db, one).catch(() => 0)) >= MOST_FAILURES)
        await endImport(needs, importId, { move: 'fail', problem: BROKEN })
      throw error
    }
  })
}

/** How often it has broken off where it was before this run. */
async function countFailure(db: Database, { id, staged, place }: Import): Promise<number> {
  const counted = await db
    .updateTable('import')
    .set({
      failures: sql`case when staged = ${staged} and place = ${place} then failures + 1 else 1 end`,
    })
    .where('id', '=', id)
    .returning('failures')
    .executeTakeFirst()
  return counted?.failures ?? 0
}

async function readAndMerge(needs: ImportNeeds, one: Import, { source, stopping }: Options): Promise<void> {
  const ended = new AbortController()
  const signal = stopping ? AbortSignal.any([ended.signal, stopping]) : ended.signal
  const progress = { staged: one.staged, isRead: one.is_read, wake: () => undefined as void }
  const reading = one.is_read ? Promise.resolve() : read(needs, one, { source, progress, ended, signal })
  const merging = mergeRows(needs, one, { progress, signal })
  // The one that fails first ends the other.
  for (const part of [reading, merging]) part.catch(() => ended.abort())
  await Promise.allSettled([reading, merging])
  await Promise.all([reading, merging])
}

/** How far the reading has come, for the merging beside it. */
export type Progress = { staged: number; isRead: boolean; wake(): void }

type Reading = {
  source: ImportSource | undefined
  progress: Progress
  ended: AbortController
  signal: AbortSignal
}

async function read(
  needs: ImportNeeds,
  one: Import,
  { source, progress, ended, signal }: Reading,
): Promise<void> {
  const files = await foundFiles(needs.db, one, source ?? (await storedSource(needs.db, one)))
  const known = await importFields(needs.db)
  const columns = chosenColumns(one.columns, { files: files.map(({ found }) => found), fields: known })
  const fields = new Map(known.map((field) => [field.key, field]))
  const onStaged = (staged: number, isRead: boolean) => {
    Object.assign(progress, { staged, isRead })
    progress.wake()
  }
  const copying = await openCopyConnection(needs.store.databaseUrl)
  try {
    const now = needs.clock.now()
    if (
      !(await stageRows(
        { ...needs, copying, now },
        { one: { ...one, columns }, files, fields, signal, onStaged },
      ))
    )
      ended.abort()
  } finally {
    await copying.close()
  }
}

async function foundFiles(db: Database, one: Import, source: ImportSource) {
  const found = one.files.length > 0 ? one.files : await inspectFiles(source)
  if (one.files.length === 0)
    await db
      .updateTable('import')
      .set({ files: JSON.stringify(found) })
      .where('id', '=', one.id)
      .execute()
  const files = await openFiles(source)
  return files.flatMap((file, at) => (found[at] ? [{ ...file, found: found[at] }] : []))
}

async function openImport(db: Database, importId: string): Promise<Import | undefined> {
  return db
    .selectFrom('import')
    .selectAll()
    .where('id', '=', importId)
    .where('status', 'in', ['checking', 'running'])
    .executeTakeFirst()
}

/** Only one process at a time works on an import; one that dies lets go with its connection. */
async function alone(db: Database, importId: string, work: () => Promise<unknown>): Promise<void> {
  await db.connection().execute(async (held) => {
    const key = sql`hashtextextended(${`import ${importId}`}, 0)`
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${key}) as got`.execute(held)
    if (!rows[0]?.got) return
    try {
      await work()
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(held)
    }
  })
}
