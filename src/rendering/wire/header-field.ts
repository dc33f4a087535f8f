const LINE_MAX = 76
const ENCODED_WORD_MAX = 75
const WORD_OVERHEAD = '=?UTF-8?B??='.length
// RFC 5322 §2.1.1 allows 998; a longer word is encoded, because an encoded text can be folded anywhere.
const LONG_WORD = 900

/**
 * A header field of free text (RFC 5322 §2.2), without the final CRLF: folded where it is long, as encoded-words
 * (RFC 2047) where it is not plain ASCII. Control characters become spaces, so that a value never starts a line.
 */
export function textField(name: string, value: string): string {
  const text = oneLine(value)
  return `${name}: ${isPlain(text) ? folded(text, name.length + 2) : encodedWords(text, name.length + 2)}`
}

/** A field that must stay on one line, such as List-Unsubscribe: some relays sign a folded value differently. */
export function unfoldedField(name: string, value: string): string {
  const text = oneLine(value)
  return isPlain(text) && text.length < LONG_WORD ? `${name}: ${text}` : textField(name, text)
}

/** A field with one mailbox (RFC 5322 §3.4); the address is one checked addr-spec. */
export function mailboxField(name: string, mailbox: { name: string; address: string }): string {
  const phrase = oneLine(mailbox.name)
  const address = `<${mailbox.address}>`
  if (phrase === '') return `${name}: ${mailbox.address}`
  const shown = isPlain(phrase) ? quoted(phrase) : encodedWords(phrase, name.length + 2)
  const lastLine = shown.slice(shown.lastIndexOf('\n') + 1)
  const isLong = lastLine.length + address.length + name.length + 3 > LINE_MAX
  return `${name}: ${shown}${isLong ? '\r\n' : ''} ${address}`
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes('=?') && (text.length < 200 || !/\S{200}/.test(text))
}

function quoted(phrase: string): string {
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(phrase) ? phrase : `"${phrase.replace(/["\\]/g, '\\$&')}"`
}

// A fold goes before a single space, so that no line is blank and unfolding gives back the very text.
function folded(text: string, indent: number): string {
  const words = text.split(/(?<=\S)(?= \S)/)
  let line = ' '.repeat(indent)
  let field = ''
  for (const [index, word] of words.entries()) {
    if (index > 0 && line.length + word.length > LINE_MAX) {
      field += '\r\n'
      line = ''
    }
    line += word
    field += word
  }
  return field
}

/** Base64 encoded-words of whole characters; the first leaves room for the field's name. */
function encodedWords(text: string, indent: number): string {
  const words: string[] = []
  let room = roomFor(LINE_MAX - indent)
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > room) {
      words.push(encodedWord(piece))
      piece = ''
      room = roomFor(LINE_MAX - 1)
    }
    piece += character
  }
  words.push(encodedWord(piece))
  return words.join('\r\n ')
}

function roomFor(columns: number): number {
  return Math.floor((Math.min(columns, ENCODED_WORD_MAX) - WORD_OVERHEAD) / 4) * 3
}

function encodedWord(piece: string): string {
  return `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`
}
