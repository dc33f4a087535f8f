import type { Database } from '../../../db/database.js'
import type { FoundFile, Import } from '../../../db/tables/import.js'
import { chosenColumns } from './columns/chosen-columns.js'
import { recogniseColumns } from './columns/recognise-columns.js'
import {
  type FileStanding,
  recogniseService,
  type Service,
  STANDINGS,
  standingOfFile,
} from './columns/recognise-service.js'
import type { Target } from './columns/target.js'
import type { CsvRecord } from './csv/csv-parser.js'
import { importFields } from './import-fields.js'
import { rowReader } from './row-reader.js'
import { storedSource } from './source/import-source.js'
import { rowsOf } from './source/inspect-file.js'
import { openFiles, type RowFile } from './source/open-files.js'

const SHOWN_ROWS = 8

export type ShownRow = { line: number; cells: string[]; problem: string | null }
export type ShownFile = FoundFile & {
  targets: Target[]
  rows: ShownRow[]
  service: Service | null
  standing: FileStanding
}

/** The first rows of each file of a draft as its choices read them, each problem beside its row. */
export async function previewImport(
  db: Database,
  one: Pick<Import, 'id' | 'file_name' | 'files' | 'columns'>,
  now: Date,
): Promise<ShownFile[]> {
  const fields = await importFields(db)
  const chosen = chosenColumns(one.columns, { files: one.files, fields })
  const files = await openFiles(await storedSource(db, one))
  const shown: ShownFile[] = []
  for (const [at, file] of files.entries()) {
    const found = one.files[at]
    if (!found) continue
    const targets = recogniseColumns(found.header, { fields, chosen })
    const standing = standingOfFile(found)
    const byKey = new Map(fields.map((field) => [field.key, field]))
    const read = rowReader({ targets, fields: byKey, standing: STANDINGS[standing], now })
    const rows = (await firstRows(file, found)).map((record) => {
      const said = read(record)
      return { line: record.line, cells: record.cells, problem: 'refusal' in said ? said.refusal : null }
    })
    shown.push({ ...found, targets, rows, service: recogniseService(found.header), standing })
  }
  return shown
}

async function firstRows(file: RowFile, found: FoundFile) {
  const rows: CsvRecord[] = []
  if (found.header.length === 0) return rows
  for await (const records of rowsOf(file, { ...found, isLeftOut: false })) {
    rows.push(...records.slice(0, SHOWN_ROWS - rows.length))
    if (rows.length === SHOWN_ROWS) break
  }
  return rows
}
