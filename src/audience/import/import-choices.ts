import type { Field } from '../../../db/tables/field.js'
import type { FoundFile, Import } from '../../../db/tables/import.js'
import { InvalidError } from '../../errors.js'
import { chosenColumns } from './columns/chosen-columns.js'
import { recogniseColumns } from './columns/recognise-columns.js'
import { readTarget, type Target } from './columns/target.js'

/** What an import is to do: into which list, what columns hold by their names, what becomes of people who are known. */
export type ImportChoices = {
  listId: string
  /** Where these people agreed: kept as evidence. */
  source: string
  existing: Import['existing']
  columns: Readonly<Record<string, Target>>
}

const SOURCE_MAX = 500

/** Refuses what no import can be: without a word where people agreed, or without a column of addresses. Throws `InvalidError`. */
export function checkChoices(
  { source, columns }: Pick<ImportChoices, 'source' | 'columns'>,
  { files, fields }: { files: readonly FoundFile[]; fields: readonly Field[] },
): void {
  const issues: Record<string, string> = {}
  if (source.trim() === '') issues['source'] = 'Say where these people agreed to get mail.'
  if (source.length > SOURCE_MAX) issues['source'] = `Keep this below ${SOURCE_MAX} characters.`
  const taken = files.filter(({ isLeftOut }) => !isLeftOut)
  const chosen = chosenColumns(columns, { files: taken, fields })
  for (const { name, header } of taken) {
    const targets = recogniseColumns(header, { fields, chosen })
    const twice = targets.find((target, at) => target !== 'skip' && targets.indexOf(target) !== at)
    if (twice) issues['columns'] = `Two columns of ${name} hold the same: choose one of them.`
    else if (!targets.includes('email'))
      issues['columns'] = `Say which column of ${name} holds the e-mail addresses: ${header.join(', ')}.`
  }
  if (Object.keys(issues).length > 0) throw new InvalidError(issues)
}

/** What columns hold, from pairs of a column's name and a target's. Throws `InvalidError` at `columns`. */
export function readColumns(
  pairs: Iterable<readonly [column: string, word: string]>,
  fields: readonly Field[],
): Record<string, Target> {
  const keys = fields.map(({ key }) => key)
  const columns: Record<string, Target> = {}
  for (const [column, word] of pairs) {
    const target = readTarget(word, keys)
    if (!target) throw new InvalidError({ columns: `There is no field “${word}”.` })
    columns[column] = target
  }
  return columns
}
