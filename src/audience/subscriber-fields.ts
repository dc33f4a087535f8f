import type { DatabaseOrTx } from '../../db/database.js'
import { InvalidError } from '../errors.js'
import { parseFieldValue } from './field-value.js'

/** Reads the values of a subscriber's fields as they are kept; throws `InvalidError` at every key that is unknown or whose value does not fit its field. */
export async function checkedFields(
  db: DatabaseOrTx,
  fields: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const known = new Map(
    (await db.selectFrom('field').selectAll().execute()).map((field) => [field.key, field]),
  )
  const checked: Record<string, string> = {}
  const problems: Record<string, string> = {}
  for (const [key, typed] of Object.entries(fields)) {
    const field = known.get(key)
    const read = field ? parseFieldValue(field, typed) : { problem: 'There is no such field.' }
    if ('problem' in read) problems[key] = read.problem
    else checked[key] = read.value
  }
  if (Object.keys(problems).length > 0) throw new InvalidError(problems)
  return checked
}

/** Only the fields that say something. */
export function filledFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
