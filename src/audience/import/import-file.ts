import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Import, ImportCounts } from '../../../db/tables/import.js'
import { newId } from '../../../db/uuid.js'
import { InvalidError } from '../../errors.js'
import { checkChoices, type ImportChoices } from './import-choices.js'
import type { ImportNeeds } from './import-needs.js'
import { runImport } from './run-import.js'
import { diskSource, type ImportSource } from './source/import-source.js'
import { inspectFile } from './source/inspect-file.js'
import { openFiles } from './source/open-files.js'

const LOOK_AGAIN_MS = 500

type FileImport = ImportChoices & { path: string; isDryRun: boolean }

/**
 * Imports a file of this machine and waits for the end. The same file into the same list with the same choices goes on where an earlier run
 * was cut off. Throws `InvalidError` for a file or choices that cannot be used.
 */
export async function importFile(
  needs: ImportNeeds,
  { path, ...choices }: FileImport,
): Promise<{ importId: string; counts: ImportCounts }> {
  const source = await diskSource(path)
  const hash = await hashOf(source)
  const importId = (await unfinished(needs, hash, choices)) ?? (await begin(needs, { source, hash, choices }))
  for (;;) {
    await runImport(needs, importId, { source })
    const one = await find(needs, importId)
    if (one.status === 'failed') throw new InvalidError({ file: one.problem })
    if (one.status === 'stopped') throw new InvalidError({ file: 'Somebody has stopped this import.' })
    if (one.status === 'finished') return { importId, counts: countsOf(one) }
    if (one.status === 'draft' && one.checked) return { importId, counts: one.checked }
    // Another process is at it.
    await delay(LOOK_AGAIN_MS)
  }
}

async function find({ db }: ImportNeeds, importId: string): Promise<Import> {
  return db.selectFrom('import').selectAll().where('id', '=', importId).executeTakeFirstOrThrow()
}

function countsOf({ added, updated, unchanged, refused }: Import): ImportCounts {
  return { added, updated, unchanged, refused }
}

async function unfinished(
  { db }: ImportNeeds,
  hash: string,
  choices: Omit<FileImport, 'path'>,
): Promise<string | null> {
  const open = await db
    .selectFrom('import')
    .select(['id', 'columns'])
    .where('content_hash', '=', hash)
    .where('list_id', '=', choices.listId)
    .where('source', '=', choices.source.trim())
    .where('existing', '=', choices.existing)
    .where('status', '=', choices.isDryRun ? 'checking' : 'running')
    .orderBy('created_at', 'desc')
    .execute()
  const same = (one: Pick<Import, 'columns'>) => canonical(one.columns) === canonical(choices.columns)
  return open.find(same)?.id ?? null
}

function canonical(columns: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(columns).sort())
}

async function begin(
  { db, clock }: ImportNeeds,
  { source, hash, choices }: { source: ImportSource; hash: string; choices: Omit<FileImport, 'path'> },
): Promise<string> {
  const files = []
  for (const file of await openFiles(source)) files.push(await inspectFile(file))
  checkChoices(choices, { files, fields: await db.selectFrom('field').selectAll().execute() })
  const now = clock.now()
  const id = newId(now)
  await db
    .insertInto('import')
    .values({
      id,
      list_id: choices.listId,
      file_name: source.name,
      is_uploaded: false,
      content_hash: hash,
      source: choices.source.trim(),
      existing: choices.existing,
      columns: JSON.stringify(choices.columns),
      status: choices.isDryRun ? 'checking' : 'running',
      files: JSON.stringify(files),
      created_by: null,
      created_at: now,
      started_at: now,
      finished_at: null,
    })
    .execute()
  return id
}

async function hashOf(source: ImportSource): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of source.read(0, source.size)) hash.update(bytes)
  return hash.digest('hex')
}
