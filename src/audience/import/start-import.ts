import type { Import } from '../../../db/tables/import.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { NOTHING_DONE } from './end-import.js'
import { chooseForFiles, type FileChoices } from './file-choices.js'
import { checkChoices, type ImportChoices } from './import-choices.js'
import { importFields } from './import-fields.js'
import { importAfter, importsBefore } from './import-status.js'
import { runImportJob } from './jobs.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues'>

type Revision = Omit<ImportChoices, 'listId'> & {
  listId: string | null
  /** For each file, in their order. */
  files?: readonly FileChoices[]
}

/**
 * Keeps what a draft is to do; what a trial run has counted holds no longer. Throws `ConflictError` for one that has begun, `InvalidError`
 * for files that cannot be read so.
 */
export async function reviseImport(
  { db }: Pick<Needs, 'db'>,
  one: Pick<Import, 'id' | 'file_name' | 'files'>,
  { listId, source, existing, columns, files = [] }: Revision,
): Promise<void> {
  const found = await chooseForFiles(db, one, files)
  const revised = await db
    .updateTable('import')
    .set({
      list_id: listId,
      source,
      existing,
      columns: JSON.stringify(columns),
      files: JSON.stringify(found),
      checked: null,
    })
    .where('id', '=', one.id)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  if (revised.numUpdatedRows === 0n) throw new ConflictError('This import has begun meanwhile.')
}

/** Starts a draft, or a trial run of it that changes nobody. Throws `InvalidError` for choices that cannot be used, `ConflictError`. */
export async function startImport(
  { db, clock, queues }: Needs,
  one: Import,
  move: 'start' | 'check',
): Promise<void> {
  const { id, list_id: listId, source, columns, files } = one
  if (!listId) throw new InvalidError({ listId: 'Choose the list that they go to.' })
  const fields = await importFields(db)
  checkChoices({ source, columns: columns as ImportChoices['columns'] }, { files, fields })
  await db.transaction().execute(async (tx) => {
    const started = await tx
      .updateTable('import')
      .set({
        status: importAfter('draft', move) ?? 'draft',
        started_at: clock.now(),
        problem: '',
        ...NOTHING_DONE,
      })
      .where('id', '=', id)
      .where('status', 'in', importsBefore(move))
      .executeTakeFirst()
    if (started.numUpdatedRows === 0n) throw new ConflictError('This import has begun already.')
    await tx.deleteFrom('import_refusal').where('import_id', '=', id).execute()
  })
  await queues.enqueue(runImportJob, { importId: id })
}
