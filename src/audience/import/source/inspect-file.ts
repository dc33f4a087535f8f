import type { FoundFile } from '../../../../db/tables/import.js'
import { InvalidError } from '../../../errors.js'
import { judgeFile } from '../columns/recognise-service.js'
import { type CsvRecord, csvParser } from '../csv/csv-parser.js'
import { findDialect, findNewline, saidDelimiter } from '../csv/dialect.js'
import { encodingFinder, textDecoder } from '../csv/encoding.js'
import { tableStart } from '../csv/table-start.js'
import { findHeader, statusColumns } from './find-header.js'
import { finisherOf } from './finish-rows.js'
import type { RowFile } from './open-files.js'

const START_BYTES = 131_072

/** How somebody says that a file is written, where its bytes say otherwise. */
export type Said = Partial<Pick<FoundFile, 'encoding' | 'delimiter'>>

/** Reads a file through once and says how it is written and what its columns are called. Throws `InvalidError` at `file` for what is no table. */
export async function inspectFile(file: RowFile, said: Said = {}): Promise<FoundFile> {
  const finder = encodingFinder()
  const kept: Buffer[] = []
  let length = 0
  for await (const bytes of file.open()) {
    finder.take(bytes)
    if (length < START_BYTES) kept.push(bytes)
    length += bytes.length
  }
  const encoding = said.encoding ?? finder.found()
  const decoder = textDecoder(encoding)
  const start = decoder.write(Buffer.concat(kept).subarray(0, START_BYTES))
  if (start.includes('\0')) throw new InvalidError({ file: `${file.name} is no text: choose a CSV file.` })
  const at = tableStart(start, findNewline(start))
  const delimiter = said.delimiter ?? saidDelimiter(start)
  const dialect = { ...findDialect(start.slice(at)), ...(delimiter ? { delimiter } : {}) }
  const table = { name: file.name, start, at, isWhole: length <= START_BYTES }
  const { rows, ...header } = findHeader(table, dialect)
  return {
    name: file.name,
    encoding,
    ...dialect,
    ...header,
    standing: judgeFile(file.name, header.header),
    statusColumns: statusColumns(header.header, rows),
  }
}

/** Every record of a file after its header, without what is never kept, and with what was chosen to be said of everybody in it; none of a file left out. */
export async function* rowsOf(file: RowFile, found: FoundFile): AsyncGenerator<CsvRecord[]> {
  if (found.isLeftOut) return
  const decoder = textDecoder(found.encoding)
  const parser = csvParser(found)
  const finish = finisherOf(found)
  const rowsIn = (records: CsvRecord[]) => {
    const isAll = (records[0]?.line ?? 0) > found.skippedLines
    const rows = isAll ? records : records.filter(({ line }) => line > found.skippedLines)
    return finish ? rows.map(finish) : rows
  }
  for await (const bytes of file.open()) {
    const rows = rowsIn(parser.write(decoder.write(bytes)))
    if (rows.length > 0) yield rows
  }
  yield rowsIn([...parser.write(decoder.end()), ...parser.end()])
}
