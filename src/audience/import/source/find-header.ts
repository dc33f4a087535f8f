import type { FoundFile } from '../../../../db/tables/import.js'
import { InvalidError } from '../../../errors.js'
import { parseAddress } from '../../address.js'
import { isStatus } from '../columns/read-standing.js'
import { mayNameStatus } from '../columns/recognise-columns.js'
import { type CsvRecord, csvParser } from '../csv/csv-parser.js'
import { type Dialect, saidDelimiter } from '../csv/dialect.js'

const MOST_COLUMNS = 500

/** The beginning of a file, and how many of its characters stand above the table. */
type Table = { name: string; start: string; at: number; isWhole: boolean }
type Header = Pick<FoundFile, 'header' | 'skippedLines'> & { rows: CsvRecord[] }

/** What the columns of a file are called, and its first rows. Throws `InvalidError` at `file` for what is no table. */
export function findHeader({ name, start, at, isWhole }: Table, dialect: Dialect): Header {
  const parser = csvParser(dialect)
  const records = parser.write(start.slice(at))
  if (isWhole || records.length === 0) records.push(...parser.end())
  const above = start.slice(0, at).split(dialect.newline).length - 1
  const isSeparatorLine = saidDelimiter(start) !== undefined
  const from = records.findIndex(
    ({ line, problem }) => problem !== 'blank' && !(isSeparatorLine && line + above === 1),
  )
  const [first, second] = records.slice(Math.max(from, 0))
  if (!first || from === -1) throw new InvalidError({ file: `${name} is empty.` })
  if (first.problem || first.cells.length > MOST_COLUMNS)
    throw new InvalidError({ file: `The first line of ${name} is no row of a table.` })
  // People in the first line: there is no header.
  const isAddress = (cell: string) => 'email' in parseAddress(cell)
  if (first.cells.some(isAddress))
    return {
      header: namesOf(first.cells.map((cell) => (isAddress(cell) ? 'E-mail' : ''))),
      skippedLines: above + first.line - 1,
      rows: records.slice(from),
    }
  return {
    header: namesOf(first.cells),
    skippedLines: second ? above + second.line - 1 : Number.MAX_SAFE_INTEGER,
    rows: records.slice(from + 1),
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

/** The columns that are called as one of states is, and hold them. */
export function statusColumns(header: readonly string[], rows: readonly CsvRecord[]): string[] {
  return header.filter(
    (name, at) => mayNameStatus(name) && rows.some(({ cells }) => isStatus(cells[at] ?? '')),
  )
}
