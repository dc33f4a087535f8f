import type { Tx } from '../../../db/database.js'
import type { AddressTraces } from '../../address-traces.js'

/** Somebody who is being erased, within the transaction that does it. */
export type Erasing = {
  tx: Tx
  now: Date
  /** Theirs, and of sign-ups with an address that they had before; none for an address that no subscriber has. */
  subscriberIds: readonly string[]
  /** The comparable form of their address, then of those that they had before. */
  emailKeys: readonly [string, ...string[]]
  /** All of them as they were typed and as they are compared, in lower case. */
  spellings: readonly string[]
  traces: AddressTraces
}

/** Takes somebody out of one place; again changes nothing. */
export type Forget = (erasing: Erasing) => Promise<void>
