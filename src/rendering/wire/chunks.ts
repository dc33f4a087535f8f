/** Gathers a message piece by piece and writes it down once: fixed pieces are copied as bytes, never read as text again. */
export class Chunks {
  readonly #pieces: (string | Buffer)[] = []
  #length = 0

  /** Adds text of the characters U+0000 to U+00FF, one byte each. */
  text(latin1: string): void {
    this.#pieces.push(latin1)
    this.#length += latin1.length
  }

  bytes(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** Everything so far, in order. */
  end(): Buffer {
    const whole = Buffer.allocUnsafe(this.#length)
    let at = 0
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') whole.write(piece, at, 'latin1')
      else whole.set(piece, at)
      at += piece.length
    }
    return whole
  }
}
