import type { DatabaseOrTx } from '../../db/database.js'
import { InvalidError } from '../errors.js'

const VALUE_MAX = 500

/** Trims the values of a subscriber's fields; throws `InvalidError` at the key that is unknown, too long or not one line of text. */
export async function checkedFields(
  db: DatabaseOrTx,
  fields: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const known = new Set((await db.selectFrom('field').select('key').execute()).map((field) => field.key))
  const trimmed = Object.entries(fields).map(([key, value]) => [key, value.trim()] as const)
  for (const [key, value] of trimmed) {
    if (!known.has(key)) throw new InvalidError({ [key]: 'There is no such field.' })
    if (value.length > VALUE_MAX) throw new InvalidError({ [key]: 'Keep this below 500 characters.' })
    if (/\p{Cc}/u.test(value)) throw new InvalidError({ [key]: 'Use a single line of plain text.' })
  }
  return Object.fromEntries(trimmed)
}

/** Only the fields that say something. */
export function filledFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
