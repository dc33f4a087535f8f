import type { Chunks } from './chunks.js'

// 76 characters of base64 (RFC 2045 §6.8).
const BYTES_A_LINE = 57
const SHORT = 3 * BYTES_A_LINE
const NOTHING = Buffer.alloc(0)

/** Fixed text in base64, ready for each of the three phases in which the values before it may end. */
export type Base64Run = {
  bytes: Buffer
  /** By the number of leading bytes that completed the group before: whole lines, and the one or two bytes left over. */
  phases: readonly { encoded: Buffer; rest: Buffer }[]
}

/** Encodes a fixed text once for all phases. */
export function base64Run(text: string): Base64Run {
  const bytes = Buffer.from(withCrLf(text))
  if (bytes.length < SHORT) return { bytes, phases: [] }
  const phases = [0, 1, 2].map((lead) => {
    const end = bytes.length - ((bytes.length - lead) % 3)
    return { encoded: Buffer.from(lines(bytes.subarray(lead, end)), 'latin1'), rest: bytes.subarray(end) }
  })
  return { bytes, phases }
}

/** Writes fixed runs and values as one base64 body; every line is whole groups of four, so lines may be of any length. */
export class Base64Writer {
  readonly #out: Chunks
  #carry: Buffer = NOTHING

  constructor(out: Chunks) {
    this.#out = out
  }

  run({ bytes, phases }: Base64Run): void {
    const lead = (3 - (this.#carry.length % 3)) % 3
    const phase = phases[lead]
    if (!phase) return this.#add(bytes)
    this.#add(bytes.subarray(0, lead))
    this.end()
    this.#out.bytes(phase.encoded)
    this.#carry = phase.rest
  }

  value(text: string): void {
    this.#add(Buffer.from(withCrLf(text)))
  }

  /** Writes what is held back; only the very last group may be padded. */
  end(): void {
    this.#out.text(lines(this.#carry))
    this.#carry = NOTHING
  }

  #add(bytes: Buffer): void {
    this.#carry = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes])
  }
}

function withCrLf(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n')
}

function lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n')
}
