/** Pieces of this many bytes are worth a place of their own in a write; smaller ones are cheaper copied together. */
const LARGE = 4096

/** Gathers a message piece by piece: large fixed pieces, which all readers share, are handed on as they are, the rest is written down once. */
export class Chunks {
  readonly #done: Buffer[] = []
  #pieces: (string | Buffer)[] = []
  #length = 0

  /** Adds text of the characters U+0000 to U+00FF, one byte each. */
  text(latin1: string): void {
    this.#pieces.push(latin1)
    this.#length += latin1.length
  }

  /** Adds bytes that nobody changes any more. */
  bytes(piece: Buffer): void {
    if (piece.length >= LARGE) {
      this.#gather()
      this.#done.push(piece)
      return
    }
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** Everything so far, in order. */
  end(): Buffer[] {
    this.#gather()
    return this.#done
  }

  #gather(): void {
    if (this.#length === 0) return
    const whole = Buffer.allocUnsafe(this.#length)
    let at = 0
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') whole.write(piece, at, 'latin1')
      else whole.set(piece, at)
      at += piece.length
    }
    this.#done.push(whole)
    this.#pieces = []
    this.#length = 0
  }
}
