import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { PIECE_BYTES, storedSource } from './source/import-source.js'
import { inspectFiles } from './source/inspect-files.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Keeps an uploaded file piece by piece as the draft of an import and returns its id; nothing is left of one that breaks off. */
export async function receiveImport(
  { db, clock }: Needs,
  { name, bytes, by }: { name: string; bytes: AsyncIterable<Buffer>; by: string | null },
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  const row = {
    file_name: name.slice(0, 200),
    is_uploaded: true,
    content_hash: null,
    status: 'draft' as const,
  }
  await db
    .insertInto('import')
    .values({
      ...row,
      id,
      list_id: null,
      created_by: by,
      created_at: now,
      started_at: null,
      finished_at: null,
    })
    .execute()
  try {
    let no = 0
    for await (const piece of inPieces(bytes))
      await db.insertInto('import_file').values({ import_id: id, no: no++, bytes: piece }).execute()
    return id
  } catch (error) {
    await discardImport({ db }, id)
    throw error
  }
}

/** Finds out what the file of a draft is. Throws `InvalidError` at `file` for what is no table, and forgets it. */
export async function inspectImport({ db }: Pick<Needs, 'db'>, importId: string): Promise<void> {
  const one = await db
    .selectFrom('import')
    .select(['id', 'file_name'])
    .where('id', '=', importId)
    .executeTakeFirstOrThrow()
  try {
    const found = await inspectFiles(await storedSource(db, one))
    await db
      .updateTable('import')
      .set({ files: JSON.stringify(found) })
      .where('id', '=', importId)
      .execute()
  } catch (error) {
    await discardImport({ db }, importId)
    throw error
  }
}

/** Forgets an import that has not begun, with its file. */
export async function discardImport({ db }: Pick<Needs, 'db'>, importId: string): Promise<void> {
  await db.deleteFrom('import').where('id', '=', importId).where('status', '=', 'draft').execute()
}

async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = []
  let length = 0
  for await (const piece of bytes) {
    kept.push(piece)
    length += piece.length
    if (length < PIECE_BYTES) continue
    const whole = Buffer.concat(kept)
    const full = length - (length % PIECE_BYTES)
    for (let at = 0; at < full; at += PIECE_BYTES) yield whole.subarray(at, at + PIECE_BYTES)
    kept = [whole.subarray(full)]
    length -= full
  }
  if (length > 0) yield Buffer.concat(kept)
}
