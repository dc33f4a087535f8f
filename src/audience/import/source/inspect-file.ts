import type { FoundFile } from '../../../../db/tables/import.js'
import { InvalidError } from '../../../errors.js'
import { parseAddress } from '../../address.js'
import { type CsvRecord, csvParser } from '../csv/csv-parser.js'
import { findDialect } from '../csv/dialect.js'
import { encodingFinder, textDecoder } from '../csv/encoding.js'
import type { RowFile } from './open-files.js'

const START_BYTES = 131_072
const MOST_COLUMNS = 500

/** Reads a file through once and says how it is written and what its columns are called. Throws `InvalidError` at `file` for what is no table. */
export async function inspectFile(file: RowFile): Promise<FoundFile> {
  const finder = encodingFinder()
  const kept: Buffer[] = []
  let length = 0
  for await (const bytes of file.open()) {
    finder.take(bytes)
    if (length < START_BYTES) kept.push(bytes)
    length += bytes.length
  }
  const encoding = finder.found()
  const decoder = textDecoder(encoding)
  const start = decoder.write(Buffer.concat(kept).subarray(0, START_BYTES))
  if (start.includes('\0')) throw new InvalidError({ file: `${file.name} is no text: choose a CSV file.` })
  const dialect = findDialect(start)
  return { name: file.name, encoding, ...dialect, ...headerOf(file.name, start, dialect) }
}

/** Every record of a file after its header. */
export async function* rowsOf(file: RowFile, found: FoundFile): AsyncGenerator<CsvRecord[]> {
  const decoder = textDecoder(found.encoding)
  const parser = csvParser(found)
  const isRow = ({ line }: CsvRecord) => line > found.skippedLines
  for await (const bytes of file.open()) {
    const records = parser.write(decoder.write(bytes))
    if (records.length > 0)
      yield (records[0]?.line ?? 0) > found.skippedLines ? records : records.filter(isRow)
  }
  yield [...parser.write(decoder.end()), ...parser.end()].filter(isRow)
}

type Header = Pick<FoundFile, 'header' | 'skippedLines'>

function headerOf(name: string, start: string, dialect: { delimiter: string; newline: '\n' | '\r' }): Header {
  const parser = csvParser(dialect)
  const records = parser.write(start)
  const whole = records.length > 0 ? records : parser.end()
  const isSeparatorLine = /^sep=.\r?[\r\n]/i.test(start)
  const at = whole.findIndex(({ line, problem }) => problem !== 'blank' && !(isSeparatorLine && line === 1))
  const [first, second] = whole.slice(Math.max(at, 0))
  if (!first) throw new InvalidError({ file: `${name} is empty.` })
  if (first.problem || first.cells.length > MOST_COLUMNS)
    throw new InvalidError({ file: `The first line of ${name} is no row of a table.` })
  // People in the first line: there is no header.
  const isAddress = (cell: string) => 'email' in parseAddress(cell)
  if (first.cells.some(isAddress))
    return {
      header: namesOf(first.cells.map((cell) => (isAddress(cell) ? 'E-mail' : ''))),
      skippedLines: first.line - 1,
    }
  return {
    header: namesOf(first.cells),
    skippedLines: second ? second.line - 1 : Number.MAX_SAFE_INTEGER,
  }
}

/** Each name once, so that a column can be called by it. */
function namesOf(cells: readonly string[]): string[] {
  const names: string[] = []
  for (const [at, cell] of cells.entries()) {
    const name = cell.trim().replace(/\s+/g, ' ').slice(0, 100) || `Column ${at + 1}`
    names.push(names.includes(name) ? `${name} (${at + 1})` : name)
  }
  return names
}
