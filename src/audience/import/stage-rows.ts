import type { CopyConnection } from '../../../db/copy-connection.js'
import type { Database } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'
import type { FoundFile, Import } from '../../../db/tables/import.js'
import { newId } from '../../../db/uuid.js'
import type { KeyRing } from '../../secrets.js'
import { suppressionHash } from '../suppression-hash.js'
import { recogniseColumns } from './columns/recognise-columns.js'
import { STANDINGS, standingOfFile } from './columns/recognise-service.js'
import { copyLine, STAGING_COPY } from './copy-line.js'
import type { CsvRecord } from './csv/csv-parser.js'
import { ROUND } from './place.js'
import { type ReadRow, type RowReader, rowReader } from './row-reader.js'
import { SeenAddresses } from './seen-addresses.js'
import { rowsOf } from './source/inspect-file.js'
import type { RowFile } from './source/open-files.js'

/** Rows and characters of one COPY; each is a transaction, after which a crash goes on. */
const CHUNK_ROWS = 2000
const CHUNK_CHARACTERS = 2_000_000

type Needs = { db: Database; keys: KeyRing; copying: CopyConnection; now: Date }
type Reading = {
  one: Pick<Import, 'id' | 'columns' | 'staged'>
  files: readonly (RowFile & { found: FoundFile })[]
  fields: ReadonlyMap<string, Field>
  signal: AbortSignal
  /** Rows are there to be merged; `isRead`: all of them. */
  onStaged(staged: number, isRead: boolean): void
}

/**
 * Reads the files of an import into `import_row`, from where an earlier run of the same has come to. False: the import was stopped, or
 * is to go on another time.
 */
export async function stageRows(needs: Needs, reading: Reading): Promise<boolean> {
  const { one, files, fields } = reading
  const stager = await new Stager(needs, reading).open()
  for (const [fileNo, file] of files.entries()) {
    const targets = recogniseColumns(file.found.header, { fields: [...fields.values()], chosen: one.columns })
    const standing = STANDINGS[standingOfFile(file.found)]
    const read = rowReader({ targets, fields, standing, now: needs.now })
    for await (const records of rowsOf(file, file.found))
      for (const record of records)
        if (stager.add(record, { fileNo, read }) && !(await stager.flush(false))) return false
  }
  return stager.flush(true)
}

class Stager {
  readonly #needs: Needs
  readonly #reading: Reading
  readonly #seen = new SeenAddresses()
  readonly #lines: string[] = []
  #characters = 0
  #row = 0
  #staged: number
  #hashKeys: KeyRing[number][] | null = null

  constructor(needs: Needs, reading: Reading) {
    this.#needs = needs
    this.#reading = reading
    this.#staged = reading.one.staged
  }

  /** Takes a record; true: enough for a chunk. What an earlier run has staged is only remembered. */
  add(record: CsvRecord, { fileNo, read }: { fileNo: number; read: RowReader }): boolean {
    const row = ++this.#row
    const { read: said, round } = this.#once(read(record), record.line)
    if (row <= this.#staged) return false
    const hashes = 'refusal' in said ? [] : this.#hashesOf(said.address.key)
    const { id: importId } = this.#reading.one
    const { line, cells } = record
    const own = { importId, place: round * ROUND + row, freshId: newId(this.#needs.now) }
    const text = copyLine({ ...own, fileNo, line, cells, read: said, hashes })
    this.#lines.push(text)
    this.#characters += text.length
    return this.#lines.length >= CHUNK_ROWS || this.#characters >= CHUNK_CHARACTERS
  }

  /** Writes what was taken, and notes it in the import. */
  async flush(isRead: boolean): Promise<boolean> {
    if (this.#reading.signal.aborted) return false
    const before = this.#staged
    const after = Math.max(this.#row, before)
    const { copying } = this.#needs
    await this.#readKeys()
    const isDone = await copying.copy({
      statement: STAGING_COPY,
      bytes: Buffer.from(this.#lines.join('')),
      after: {
        text: `update import set staged = $1, is_read = $2 where id = $3 and staged = $4 and not is_read and status in ('running', 'checking')`,
        values: [after, isRead, this.#reading.one.id, before],
      },
    })
    this.#lines.length = 0
    this.#characters = 0
    this.#staged = after
    if (isDone) this.#reading.onStaged(after, isRead)
    return isDone
  }

  // Of an address that stands twice the first row counts, unless a later one says that the person left or must not be mailed.
  #once(read: ReadRow | { refusal: string }, line: number) {
    if ('refusal' in read) return { read, round: 0 }
    const { rank } = read
    const known = this.#seen.note(read.address.key, { line, rank })
    if (!known) return { read, round: 0 }
    if (rank > known.rank) return { read, round: rank }
    return { read: { refusal: `This address stands in line ${known.line} already.` }, round: 0 }
  }

  #hashesOf(emailKey: string): Buffer[] {
    return (this.#hashKeys ?? []).map((key) => suppressionHash(key, emailKey))
  }

  /** The keys under which somebody is kept who was erased; asked again with every chunk, for somebody may be erased meanwhile. */
  async #readKeys(): Promise<void> {
    const { db, keys } = this.#needs
    const used = await db
      .selectFrom('suppression')
      .select('key_id')
      .distinct()
      .where('key_id', 'is not', null)
      .execute()
    this.#hashKeys = keys.filter(({ kid }) => used.some(({ key_id }) => key_id === kid))
  }

  /** Before the first row. */
  async open(): Promise<this> {
    await this.#readKeys()
    return this
  }
}
