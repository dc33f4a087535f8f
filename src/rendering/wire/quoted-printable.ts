const LINE_MAX = 76
const EQUALS = 0x3d
const SPACE = 0x20
const TAB = 0x09
const CR = 0x0d
const LF = 0x0a
const DOT = 0x2e
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
const LITERAL = Array.from({ length: 256 }, (_, byte) =>
  byte > SPACE && byte < 0x7f && byte !== EQUALS ? String.fromCharCode(byte) : null,
)
// Short, nothing to encode, no space after a space, and harmless at the beginning of a line.
const PLAIN = /^(?!\.|From )(?:[!-<>-~]| (?! )){1,75}$/

/**
 * A piece of text as quoted-printable (RFC 2045 §6.7), US-ASCII, written from the beginning of a line to the beginning of
 * the next: text that does not end in a line break ends in a soft one, so pieces join to the whole whatever stands between.
 * Lines have 76 characters at most and never begin with a dot or "From ", and no line holds two blanks in a row or ends in
 * one, so that neither dot-stuffing (RFC 5321 §4.5.2) nor the relaxed form of RFC 6376 §3.4.4 changes a byte.
 */
export function quotedPrintable(text: string): string {
  if (text === '') return ''
  if (PLAIN.test(text)) return `${text}=\r\n`
  const bytes = Buffer.from(text.replace(/\r\n?/g, '\n'))
  let encoded = ''
  let line = ''
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === LF) {
      encoded += `${line}\r\n`
      line = ''
      continue
    }
    const token = tokenAt(bytes, { at, byte, line })
    if (line.length + token.length >= LINE_MAX) {
      encoded += `${line}=\r\n`
      line = tokenAt(bytes, { at, byte, line: '' })
    } else line += token
  }
  return line === '' ? encoded : `${encoded}${line}=\r\n`
}

type Spot = { at: number; byte: number; line: string }

function tokenAt(bytes: Buffer, { at, byte, line }: Spot): string {
  if (byte === SPACE) return isLoneSpace(bytes, { at, byte, line }) ? ' ' : '=20'
  if (byte === TAB || byte === CR) return HEX[byte] as string
  if (line === '' && (byte === DOT || isFrom(bytes, at))) return HEX[byte] as string
  return LITERAL[byte] ?? (HEX[byte] as string)
}

function isLoneSpace(bytes: Buffer, { at, line }: Spot): boolean {
  const next = bytes[at + 1]
  return next !== LF && next !== undefined && !line.endsWith(' ')
}

// Some mail stores still put ">" before such a line.
function isFrom(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x46 && bytes.toString('latin1', at, at + 5) === 'From '
}
