import type { Suppression } from './suppression.js'

/**
 * A row of a file between reading and merging. `place` is its number in the order of merging; a row that says more of an address than an
 * earlier one did, such as that the person left, stands in a later round, 2^32 places further each.
 */
export type ImportRowTable = {
  import_id: string
  place: number
  file_no: number
  line: number
  email: string | null
  email_key: string | null
  fields: unknown
  language: string | null
  /** 0: agreed, 1: has left, 2: must not be mailed. */
  rank: number
  /** Of rank 2. */
  reason: Suppression['reason'] | null
  agreed_at: Date | null
  confirmed_at: Date | null
  left_at: Date | null
  /** What the address would be among the erased, under each key in use there. */
  address_hashes: Buffer[] | null
  /** Why it cannot be taken, in a sentence. */
  refusal: string | null
  /** The row as it stood in the file: a JSON array of texts. */
  cells: string
}
