import { randomInt } from 'node:crypto'

const FIRST_SLOTS = 65_536
const FULL = 0.6

/** What has been read of an address so far: the line of its first row and how strictly the rows spoke of it. */
export type Seen = { line: number; rank: number }

/**
 * Remembers the addresses of a file of millions in a few bytes each: 64 bits of a hash with a seed of its own, by which two addresses
 * among a million are taken for the same once in thirty million files.
 */
export class SeenAddresses {
  readonly #seed = randomInt(2 ** 31)
  #slots = FIRST_SLOTS
  #used = 0
  #high = new Uint32Array(FIRST_SLOTS)
  #low = new Uint32Array(FIRST_SLOTS)
  #lines = new Uint32Array(FIRST_SLOTS)
  #ranks = new Uint8Array(FIRST_SLOTS)

  /** Notes that a row speaks of this address; returns what was known of it before, null: nothing. */
  note(emailKey: string, { line, rank }: Seen): Seen | null {
    if (this.#used > this.#slots * FULL) this.#grow()
    const [high, low] = hashOf(emailKey, this.#seed)
    const at = this.#find(high, low)
    // Lines begin at 1, so that 0 means an empty place.
    const known = this.#lines[at] ? { line: this.#lines[at], rank: this.#ranks[at] ?? 0 } : null
    if (!known) this.#put(at, [high, low, line, rank])
    else if (rank > known.rank) this.#ranks[at] = rank
    return known
  }

  #find(high: number, low: number): number {
    let at = low & (this.#slots - 1)
    while (this.#lines[at] && (this.#high[at] !== high || this.#low[at] !== low))
      at = (at + 1) & (this.#slots - 1)
    return at
  }

  #put(at: number, [high, low, line, rank]: [number, number, number, number]): void {
    this.#high[at] = high
    this.#low[at] = low
    this.#lines[at] = line
    this.#ranks[at] = rank
    this.#used++
  }

  #grow(): void {
    const [high, low, lines, ranks] = [this.#high, this.#low, this.#lines, this.#ranks]
    this.#slots *= 2
    this.#used = 0
    this.#high = new Uint32Array(this.#slots)
    this.#low = new Uint32Array(this.#slots)
    this.#lines = new Uint32Array(this.#slots)
    this.#ranks = new Uint8Array(this.#slots)
    for (const [at, line] of lines.entries()) {
      if (!line) continue
      const entry: [number, number, number, number] = [high[at] ?? 0, low[at] ?? 0, line, ranks[at] ?? 0]
      this.#put(this.#find(entry[0], entry[1]), entry)
    }
  }
}

// Two lanes of multiply and shift, mixed at the end; fast, and enough for texts that nobody could choose knowing the seed.
function hashOf(text: string, seed: number): [number, number] {
  let one = 0xdeadbeef ^ seed
  let two = 0x41c6ce57 ^ seed
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return [one >>> 0, two >>> 0]
}
