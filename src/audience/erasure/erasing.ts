import type { Tx } from '../../../db/database.js'
import type { AddressTraces } from '../../address-traces.js'

/** Somebody who is being erased, within the transaction that does it. */
export type Erasing = {
  tx: Tx
  now: Date
  /** Null for an address that no subscriber has. */
  subscriberId: string | null
  /** The address as it was typed, and its comparable form. */
  email: string
  emailKey: string
  traces: AddressTraces
}

/** Takes somebody out of one place; again changes nothing. */
export type Forget = (erasing: Erasing) => Promise<void>
