import type { Erasing } from './erasing.js'

/** Drops the suppressions that name an address: the ones that hold its hash take their place. */
export async function forgetSuppressions({ tx, emailKeys }: Erasing): Promise<void> {
  await tx
    .deleteFrom('suppression')
    .where('email_key', 'in', [...emailKeys])
    .execute()
}
