import type { Erasing } from './erasing.js'

/** Forgets whose address it was before, also where that is somebody else who stays. */
export async function forgetFormerAddresses({ tx, emailKeys }: Erasing): Promise<void> {
  await tx
    .deleteFrom('former_address')
    .where('email_key', 'in', [...emailKeys])
    .execute()
}
