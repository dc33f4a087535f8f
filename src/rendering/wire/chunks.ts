// A buffer of its own in the write of a message costs more than copying a short one.
const LONG = 2048

/** Gathers a message for one gathering write: short pieces are joined, long fixed ones are passed on as they are. */
export class Chunks {
  #pending = ''
  readonly #chunks: Buffer[] = []

  /** Adds text of the characters U+0000 to U+00FF, one byte each. */
  text(latin1: string): void {
    this.#pending += latin1
  }

  bytes(piece: Buffer): void {
    if (piece.length < LONG) {
      this.#pending += piece.toString('latin1')
      return
    }
    this.#flush()
    this.#chunks.push(piece)
  }

  /** Everything so far, in order. */
  end(): Buffer[] {
    this.#flush()
    return this.#chunks
  }

  #flush(): void {
    if (this.#pending === '') return
    this.#chunks.push(Buffer.from(this.#pending, 'latin1'))
    this.#pending = ''
  }
}
