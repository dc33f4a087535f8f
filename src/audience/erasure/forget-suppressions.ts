import type { Erasing } from './erasing.js'

/** Drops the suppression that names the address: the one that holds its hash takes its place. */
export async function forgetSuppressions({ tx, emailKey }: Erasing): Promise<void> {
  await tx.deleteFrom('suppression').where('email_key', '=', emailKey).execute()
}
