import type { Tx } from '../../../db/database.js'

/** Takes a person out of the rows that are on their way into a list, and of those that were refused; part of erasing them. */
export async function forgetInImports(tx: Tx, emailKey: string): Promise<void> {
  await tx.deleteFrom('import_row').where('email_key', '=', emailKey).execute()
  await tx.deleteFrom('import_refusal').where('email_key', '=', emailKey).execute()
}
