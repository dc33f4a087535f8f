// RFC 5321 §4.5.3.1.5 asks for 512 characters a line; this only stops a server that never ends a reply.
const REPLY_MAX = 64 * 1024

/** One complete reply of a server: its code and all its lines, joined by line feeds (RFC 5321 §4.2.1). */
export type RawReply = { code: number; text: string }

/** Thrown when what a server says is not SMTP. */
export class ReplyError extends Error {
  override name = 'ReplyError'
}

/** Puts replies together from whatever pieces the network hands over. */
export class ReplyReader {
  #rest = ''
  #lines: string[] = []

  /** The replies that this piece completes; throws `ReplyError` for anything that is no reply. */
  read(piece: Buffer): RawReply[] {
    const lines = (this.#rest + piece.toString('latin1')).split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > REPLY_MAX) throw new ReplyError('The server never ends its reply.')
    return lines.flatMap((line) => this.#line(line.replace(/\r$/, '')))
  }

  #line(line: string): RawReply[] {
    const [, code, mark] = /^([2-5]\d\d)(?:([ -])|$)/.exec(line) ?? []
    if (!code) throw new ReplyError(`The server said what is no SMTP reply: ${readable(line).slice(0, 200)}`)
    this.#lines.push(line)
    if (this.#lines.length > 1000) throw new ReplyError('The server never ends its reply.')
    if (mark === '-') return []
    const text = readable(this.#lines.join('\n'))
    this.#lines = []
    return [{ code: Number(code), text }]
  }
}

// Replies have no declared charset; UTF-8 is what servers that need more than ASCII write.
function readable(latin1: string): string {
  if (!/[^\0-\x7f]/.test(latin1)) return latin1
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8')
  return utf8.includes('\ufffd') ? latin1 : utf8
}
