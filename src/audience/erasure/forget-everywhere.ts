import { forgetInImports } from '../import/forget-in-imports.js'
import type { Erasing, Forget } from './erasing.js'
import { forgetAudit } from './forget-audit.js'
import { forgetCaptured } from './forget-captured.js'
import { forgetDeliveries } from './forget-deliveries.js'
import { forgetFormerAddresses } from './forget-former-addresses.js'
import { forgetSignUps } from './forget-sign-ups.js'
import { forgetSuppressions } from './forget-suppressions.js'
import { forgetTests } from './forget-tests.js'
import { forgetTexts } from './forget-texts.js'

/**
 * Every place besides the subscriber's own rows that may know somebody. Whoever keeps an address, a copy of a row or the text of a mail in a
 * table adds a function here; it runs in the transaction of the erasure, while the subscriber's row is still there and locked.
 */
const PLACES: readonly Forget[] = [
  forgetDeliveries,
  forgetCaptured,
  forgetSuppressions,
  forgetFormerAddresses,
  forgetTests,
  forgetSignUps,
  forgetTexts,
  forgetAudit,
  async ({ tx, emailKeys }) => {
    for (const emailKey of emailKeys) await forgetInImports(tx, emailKey)
  },
]

/** Takes somebody out of every place but their own rows. */
export async function forgetEverywhere(erasing: Erasing): Promise<void> {
  for (const forget of PLACES) await forget(erasing)
}
