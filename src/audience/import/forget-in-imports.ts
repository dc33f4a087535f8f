import { domainToUnicode } from 'node:url'
import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'

/**
 * Takes a person out of the rows that are on their way into a list, and of those that were refused, whose cells may hold the address in
 * any spelling of its letters; part of erasing them.
 */
export async function forgetInImports(tx: Tx, emailKey: string): Promise<void> {
  const at = emailKey.lastIndexOf('@') + 1
  const shown = emailKey.slice(0, at) + domainToUnicode(emailKey.slice(at))
  const isTheirs = sql<boolean>`email_key = ${emailKey} or strpos(lower(cells), ${emailKey}) > 0 or strpos(lower(cells), ${shown}) > 0`
  await tx.deleteFrom('import_row').where(isTheirs).execute()
  await tx.deleteFrom('import_refusal').where(isTheirs).execute()
}
