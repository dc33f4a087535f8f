import type { FoundFile } from '../../../../db/tables/import.js'
import { type KnownField, recogniseColumns } from './recognise-columns.js'

/** What columns hold by their names: as chosen, and “status” where the first rows showed that a column of that name holds it. */
export function chosenColumns(
  chosen: Readonly<Record<string, string>>,
  { files, fields }: { files: readonly FoundFile[]; fields: readonly KnownField[] },
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { header, statusColumns = [] } of files) {
    const name = statusColumns.find((column) => !Object.hasOwn(chosen, column))
    if (name && !recogniseColumns(header, { fields, chosen }).includes('status')) found[name] = 'status'
  }
  return { ...found, ...chosen }
}
