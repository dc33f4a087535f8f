import { InvalidError } from '../../../errors.js'
import type { ImportSource } from './import-source.js'
import { filesInZip } from './read-zip.js'

/** One file of rows, to be read from its beginning as often as needed. */
export type RowFile = { name: string; open(): AsyncIterable<Buffer> }

const ZIP = 'PK\u0003\u0004'
const OLD_EXCEL = '\u00d0\u00cf\u0011\u00e0'

/** The files of rows in an import: itself, or those of a ZIP in the order of their names. Throws `InvalidError` at `file` for what holds none. */
export async function openFiles(source: ImportSource): Promise<RowFile[]> {
  if (source.size === 0) throw new InvalidError({ file: 'This file is empty.' })
  const start = await startOf(source)
  if (start.startsWith(OLD_EXCEL)) throw new InvalidError({ file: AS_CSV })
  if (!start.startsWith(ZIP)) return [{ name: source.name, open: () => source.read(0, source.size) }]
  const names = await filesInZip(source)
  if (names.some(({ name }) => name === '[Content_Types].xml')) throw new InvalidError({ file: AS_CSV })
  const rows = names.filter(
    ({ name }) => /\.(csv|tsv|txt)$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name),
  )
  if (rows.length === 0) throw new InvalidError({ file: 'This ZIP holds no CSV file.' })
  return rows.sort((one, other) => (one.name < other.name ? -1 : 1))
}

const AS_CSV = 'This is a workbook: save it as CSV (in UTF-8) and choose that file.'

async function startOf(source: ImportSource): Promise<string> {
  for await (const bytes of source.read(0, Math.min(4, source.size))) return bytes.toString('latin1')
  return ''
}
