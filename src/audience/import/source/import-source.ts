import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { DatabaseOrTx } from '../../../../db/database.js'
import { InvalidError } from '../../../errors.js'

/** The bytes of an import, wherever they lie, read from one place to another as often as needed. */
export type ImportSource = {
  name: string
  size: number
  read(from: number, to: number): AsyncIterable<Buffer>
}

/** Bytes of each piece of an uploaded file but the last. */
export const PIECE_BYTES = 262_144

/** A file of this machine. Throws `InvalidError` when there is none. */
export async function diskSource(path: string): Promise<ImportSource> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new InvalidError({ file: `There is no file ${path}.` })
  return {
    name: basename(path),
    size: found.size,
    read: (from, to) => (to > from ? createReadStream(path, { start: from, end: to - 1 }) : nothing()),
  }
}

/** A file that was uploaded. */
export async function storedSource(
  db: DatabaseOrTx,
  { id, file_name }: { id: string; file_name: string },
): Promise<ImportSource> {
  const last = await db
    .selectFrom('import_file')
    .select(({ fn, ref }) => ['no', fn<number>('length', [ref('bytes')]).as('bytes')])
    .where('import_id', '=', id)
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    name: file_name,
    size: last ? last.no * PIECE_BYTES + last.bytes : 0,
    read: (from, to) => pieces(db, id, { from, to }),
  }
}

async function* pieces(
  db: DatabaseOrTx,
  importId: string,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const no = Math.floor(at / PIECE_BYTES)
    const { bytes } = await db
      .selectFrom('import_file')
      .select('bytes')
      .where('import_id', '=', importId)
      .where('no', '=', no)
      .executeTakeFirstOrThrow()
    const piece = bytes.subarray(at - no * PIECE_BYTES, to - no * PIECE_BYTES)
    yield piece
    at += piece.length
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}
