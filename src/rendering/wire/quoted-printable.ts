const LINE_MAX = 76
const EQUALS = 0x3d
const SPACE = 0x20
const LF = 0x0a
const DOT = 0x2e
const UPPER_F = 0x46
const TILDE = 0x7e
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
const ASCII = /^[\0-\x7f]*$/

/**
 * A piece of text as quoted-printable (RFC 2045 §6.7), US-ASCII, written from the beginning of a line to the beginning of
 * the next: text that does not end in a line break ends in a soft one, so pieces join to the whole whatever stands between.
 * Lines have 76 characters at most and never begin with a dot or "From ", and no line holds two blanks in a row or ends in
 * one, so that neither dot-stuffing (RFC 5321 §4.5.2) nor the relaxed form of RFC 6376 §3.4.4 changes a byte.
 */
export function quotedPrintable(text: string): string {
  const bytes = bytesOf(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)
  let encoded = ''
  // Literal characters are copied in whole stretches, not one by one: this one begins here.
  let from = 0
  let column = 0
  let afterBlank = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charCodeAt(at)
    const isLiteral: boolean = byte !== LF && staysAsItIs(bytes, { at, byte, column, afterBlank })
    const width = isLiteral ? 1 : 3
    if (byte === LF || column + width >= LINE_MAX) {
      encoded += bytes.slice(from, at) + (byte === LF ? '\r\n' : '=\r\n')
      from = byte === LF ? at + 1 : at
      // What no longer fits is looked at again, as the first of the next line.
      if (byte !== LF) at--
      column = 0
      afterBlank = false
      continue
    }
    column += width
    afterBlank = isLiteral && byte === SPACE
    if (isLiteral) continue
    encoded += bytes.slice(from, at) + HEX[byte]
    from = at + 1
  }
  return column === 0 ? encoded : `${encoded}${bytes.slice(from)}=\r\n`
}

/** A string of one character for each byte of the text in UTF-8. */
function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString('latin1')
}

type Spot = {
  at: number
  byte: number
  column: number
  /** Whether the line so far ends in a blank. */
  afterBlank: boolean
}

function staysAsItIs(bytes: string, { at, byte, column, afterBlank }: Spot): boolean {
  if (byte === SPACE) return !afterBlank && at + 1 < bytes.length && bytes.charCodeAt(at + 1) !== LF
  if (byte < SPACE || byte > TILDE || byte === EQUALS) return false
  if (column > 0) return true
  // Some mail stores still put ">" before a line that begins with "From ".
  return byte !== DOT && !(byte === UPPER_F && bytes.startsWith('From ', at))
}
