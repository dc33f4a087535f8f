import type { FoundFile } from '../../../../db/tables/import.js'
import { InvalidError } from '../../../errors.js'
import { namesAddress } from '../columns/recognise-columns.js'
import type { ImportSource } from './import-source.js'
import { inspectFile, type Said } from './inspect-file.js'
import { openFiles } from './open-files.js'

/**
 * What the files of an import are. Of a ZIP those without anybody in them are left out: empty ones, and those in which no column is called
 * as one of addresses is. Throws `InvalidError` at `file` when no file is a table.
 */
export async function inspectFiles(
  source: ImportSource,
  { said, columns = {} }: { said?: Said; columns?: Readonly<Record<string, string>> } = {},
): Promise<FoundFile[]> {
  const files = await openFiles(source)
  if (files.length === 1) return Promise.all(files.map((file) => inspectFile(file, said)))
  const found: FoundFile[] = []
  for (const file of files) found.push(await inspectFile(file, said).catch((error) => noTable(file, error)))
  const isTable = ({ header }: FoundFile) => header.length > 0
  if (!found.some(isTable)) throw new InvalidError({ file: 'No file of this ZIP holds a table.' })
  const hasAddresses = ({ header }: FoundFile) =>
    header.some((name) => namesAddress(name) || columns[name] === 'email')
  // Where no column is called so, somebody says which it is.
  const isTaken = found.some(hasAddresses) ? hasAddresses : isTable
  return found.map((file) => (isTaken(file) ? file : { ...file, isLeftOut: true }))
}

function noTable({ name }: { name: string }, error: unknown): FoundFile {
  if (!(error instanceof InvalidError)) throw error
  return {
    name,
    encoding: 'utf-8',
    delimiter: ',',
    newline: '\n',
    skippedLines: 0,
    header: [],
    isLeftOut: true,
  }
}
