import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import type { FoundFile } from '../../../db/tables/import.js'
import { NotFoundError } from '../../errors.js'
import { csvLine } from '../export/csv-line.js'
import { chosenColumns } from './columns/chosen-columns.js'
import { recogniseColumns } from './columns/recognise-columns.js'
import { standingOfFile } from './columns/recognise-service.js'
import { importFields } from './import-fields.js'

const PAGE_ROWS = 2000
const FIRST_COLUMNS = ['Line', 'Refused because', 'Standing', 'File']

type Refusal = { place: number; line: number; file_no: number; reason: string; cells: string }

/**
 * The refused rows of an import as pieces of CSV: the line where each begins, the reason, what its file said of everybody in it, the file,
 * and its own cells; columns of several files that hold the same are one. Once the reasons are mended, it can be imported as it is, for
 * nobody then stands better than in their own file. Throws `NotFoundError`.
 */
export async function* refusedRows({ db }: { db: DatabaseOrTx }, importId: string): AsyncGenerator<string> {
  const one = await db
    .selectFrom('import')
    .select(['files', 'columns'])
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!one) throw new NotFoundError('There is no such import.')
  const { files } = one
  const fields = await importFields(db)
  const chosen = chosenColumns(one.columns, { files, fields })
  const columns = mergedColumns(files, (header) => recogniseColumns(header, { fields, chosen }))
  const isZip = files.length > 1
  yield csvLine([...(isZip ? FIRST_COLUMNS : FIRST_COLUMNS.slice(0, 3)), ...columns.map(({ name }) => name)])
  for (let after = -1; ; ) {
    const { rows } = await sql<Refusal>`
      select place, line, file_no, reason, cells from import_refusal
      where import_id = ${importId} and place > ${after} order by place limit ${PAGE_ROWS}`.execute(db)
    yield rows.map((row) => csvLine(cellsOf(row, { files, columns }))).join('')
    after = rows.at(-1)?.place ?? after
    if (rows.length < PAGE_ROWS) return
  }
}

/** A column of the result, and where it stands in each file. */
type Column = { name: string; at: Map<FoundFile, number> }

function mergedColumns(
  files: readonly FoundFile[],
  targetsOf: (header: readonly string[]) => string[],
): Column[] {
  const columns = new Map<string, Column>()
  for (const file of files.filter(({ isLeftOut }) => !isLeftOut)) {
    const targets = targetsOf(file.header)
    for (const [at, name] of file.header.entries()) {
      if (isOurs(file, name)) continue
      const target = targets[at] ?? 'skip'
      const key = target === 'skip' ? `name:${name}` : target
      const column = columns.get(key) ?? { name, at: new Map() }
      column.at.set(file, at)
      columns.set(key, column)
    }
  }
  return [...columns.values()]
}

// A file of refused rows whose own are refused again.
function isOurs({ header }: FoundFile, name: string): boolean {
  return header.includes('Refused because') && FIRST_COLUMNS.includes(name)
}

function cellsOf(
  { line, file_no, reason, cells }: Refusal,
  { files, columns }: { files: readonly FoundFile[]; columns: readonly Column[] },
): string[] {
  const own: string[] = JSON.parse(cells)
  const file = files[file_no]
  if (!file) return [String(line), reason, '', ...own]
  const before = isOurs(file, 'Standing') ? own[file.header.indexOf('Standing')] : undefined
  const standing = before || standingOfFile(file)
  // A row that was cut short stays so, for what it would have said may be what counts.
  const cut = columns.findIndex(({ at }) => (at.get(file) ?? -1) >= own.length)
  const ordered = columns
    .map(({ at }) => own[at.get(file) ?? -1] ?? '')
    .slice(0, cut === -1 ? undefined : cut)
  const first = [String(line), reason, standing, ...(files.length > 1 ? [file.name] : [])]
  return [...first, ...ordered, ...own.slice(file.header.length)]
}
