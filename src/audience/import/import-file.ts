import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { FoundFile, Import, ImportCounts } from '../../../db/tables/import.js'
import { newId } from '../../../db/uuid.js'
import { InvalidError } from '../../errors.js'
import { chooseForAll } from './file-choices.js'
import { checkChoices, type ImportChoices } from './import-choices.js'
import { importFields } from './import-fields.js'
import type { ImportNeeds } from './import-needs.js'
import { runImport } from './run-import.js'
import { diskSource, type ImportSource } from './source/import-source.js'
import type { Said } from './source/inspect-file.js'
import { inspectFiles } from './source/inspect-files.js'

const LOOK_AGAIN_MS = 500

type FileImport = ImportChoices & {
  path: string
  isDryRun: boolean
  /** How the files are written, where their bytes say otherwise. */
  said?: Said
  /** What they say of everybody in them, where their names and columns do not. */
  standing?: FoundFile['standing']
  /** The files of a ZIP to be taken, by name. */
  only?: readonly string[]
}
type Outcome = { importId: string; counts: ImportCounts; files: FoundFile[] }

/**
 * Imports a file of this machine and waits for the end. The same file into the same list with the same choices goes on where an earlier run
 * was cut off. Throws `InvalidError` for a file or choices that cannot be used.
 */
export async function importFile(needs: ImportNeeds, { path, ...choices }: FileImport): Promise<Outcome> {
  const source = await diskSource(path)
  const hash = await hashOf(source, choices)
  const importId = (await unfinished(needs, hash, choices)) ?? (await begin(needs, { source, hash, choices }))
  for (;;) {
    await runImport(needs, importId, { source })
    const one = await find(needs, importId)
    if (one.status === 'failed') throw new InvalidError({ file: one.problem })
    if (one.status === 'stopped') throw new InvalidError({ file: 'Somebody has stopped this import.' })
    if (one.status === 'finished') return { importId, counts: countsOf(one), files: one.files }
    if (one.status === 'draft' && one.checked) return { importId, counts: one.checked, files: one.files }
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
  const { said = {}, columns } = choices
  const files = chooseForAll(await inspectFiles(source, { said, columns }), choices)
  checkChoices(choices, { files, fields: await importFields(db) })
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

// Whoever says something else of the same file begins anew.
async function hashOf(source: ImportSource, { said, standing, only }: Partial<FileImport>): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of source.read(0, source.size)) hash.update(bytes)
  if (said || standing || only) hash.update(JSON.stringify({ said, standing, only }))
  return hash.digest('hex')
}
