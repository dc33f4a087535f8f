import { randomFillSync } from 'node:crypto'

const BYTES = 16
// Asked for one by one, the randomness costs more than all the rest of an id.
const pool = Buffer.alloc(256 * BYTES)
let used = pool.length

/** A UUIDv7 (RFC 9562 §5.7) for rows: ordered by time for the index, 74 random bits so that nobody guesses the next. */
export function newId(now: Date): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.subarray(used, used + BYTES)
  used += BYTES
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** When an id that `newId` made was made. */
export function idTime(id: string): Date {
  return new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
}
