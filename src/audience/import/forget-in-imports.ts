import { domainToUnicode } from 'node:url'
import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'
import type { FoundFile, Import } from '../../../db/tables/import.js'
import { InvalidError } from '../../errors.js'
import { textDecoder } from './csv/encoding.js'
import { storedSource } from './source/import-source.js'
import { openFiles } from './source/open-files.js'

/**
 * Takes a person out of the rows that are on their way into a list, and of those that were refused, whose cells may hold the address in
 * any spelling of its letters, and forgets drafts whose file holds it; part of erasing them.
 */
export async function forgetInImports(tx: Tx, emailKey: string): Promise<void> {
  const at = emailKey.lastIndexOf('@') + 1
  const shown = emailKey.slice(0, at) + domainToUnicode(emailKey.slice(at))
  const isTheirs = sql<boolean>`email_key = ${emailKey} or strpos(lower(cells), ${emailKey}) > 0 or strpos(lower(cells), ${shown}) > 0`
  await tx.deleteFrom('import_row').where(isTheirs).execute()
  await tx.deleteFrom('import_refusal').where(isTheirs).execute()
  await forgetDrafts(tx, [emailKey, shown])
}

async function forgetDrafts(tx: Tx, spellings: readonly string[]): Promise<void> {
  const drafts = await tx
    .selectFrom('import')
    .select(['id', 'file_name', 'files'])
    .where('status', '=', 'draft')
    .where('is_uploaded', '=', true)
    .execute()
  for (const draft of drafts)
    if (await holds(tx, draft, spellings)) await tx.deleteFrom('import').where('id', '=', draft.id).execute()
}

async function holds(
  tx: Tx,
  draft: Pick<Import, 'id' | 'file_name' | 'files'>,
  spellings: readonly string[],
): Promise<boolean> {
  const source = await storedSource(tx, draft)
  if (source.size === 0) return false
  try {
    const files = await openFiles(source)
    for (const [at, file] of files.entries())
      if (await isIn(file.open(), { encoding: draft.files[at]?.encoding ?? 'utf-8', spellings })) return true
    return false
  } catch (error) {
    // What cannot be read might hold anybody.
    if (error instanceof InvalidError) return true
    throw error
  }
}

async function isIn(
  pieces: AsyncIterable<Buffer>,
  { encoding, spellings }: Pick<FoundFile, 'encoding'> & { spellings: readonly string[] },
): Promise<boolean> {
  const decoder = textDecoder(encoding)
  const longest = Math.max(...spellings.map((spelling) => spelling.length))
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + decoder.write(piece).toLowerCase()
    if (spellings.some((spelling) => text.includes(spelling))) return true
    rest = text.slice(-longest)
  }
  return false
}
