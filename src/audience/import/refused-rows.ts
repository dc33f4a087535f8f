import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import { NotFoundError } from '../../errors.js'
import { csvLine } from '../export/csv-line.js'

const PAGE_ROWS = 2000

/**
 * The refused rows of an import as pieces of CSV: the line where each begins, the reason, and its own cells below the file's own names; of
 * a ZIP the file, too. Once the reasons are mended, it can be imported as it is. Throws `NotFoundError`.
 */
export async function* refusedRows({ db }: { db: DatabaseOrTx }, importId: string): AsyncGenerator<string> {
  const one = await db.selectFrom('import').select('files').where('id', '=', importId).executeTakeFirst()
  if (!one) throw new NotFoundError('There is no such import.')
  const { files } = one
  const names = [...new Set(files.flatMap(({ header }) => header))]
  const isZip = files.length > 1
  yield csvLine(['Line', 'Refused because', ...(isZip ? ['File'] : []), ...names])
  for (let after = -1; ; ) {
    const { rows } = await sql<{
      place: number
      line: number
      file_no: number
      reason: string
      cells: string
    }>`
      select place, line, file_no, reason, cells from import_refusal
      where import_id = ${importId} and place > ${after} order by place limit ${PAGE_ROWS}`.execute(db)
    yield rows
      .map(({ line, file_no, reason, cells }) => {
        const file = files[file_no]
        const own: string[] = JSON.parse(cells)
        const ordered = isZip ? names.map((name) => own[file?.header.indexOf(name) ?? -1] ?? '') : own
        return csvLine([String(line), reason, ...(isZip ? [file?.name ?? ''] : []), ...ordered])
      })
      .join('')
    after = rows.at(-1)?.place ?? after
    if (rows.length < PAGE_ROWS) return
  }
}
