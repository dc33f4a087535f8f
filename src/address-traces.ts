/** What an address looks like inside mail and text that mention it: as written, escaped for a link or for HTML, or encoded for transport. */
export type AddressTraces = {
  /** In lower case, to be looked for in lower-case text. */
  plain: string[]
  /** Pieces of base64, of each of the three ways in which its letters can fall into groups. */
  base64: string[]
}

/** The traces that an address leaves, in each of its spellings (typed, comparable). */
export function addressTraces(spellings: readonly string[]): AddressTraces {
  const written = [...new Set(spellings)].flatMap((address) => [address, ...escaped(address)])
  return {
    plain: [
      ...new Set(written.flatMap((text) => [text, quotedPrintable(text)]).map((text) => text.toLowerCase())),
    ],
    base64: [...new Set([...new Set(spellings)].flatMap(base64Pieces))],
  }
}

/** Whether a stored mail mentions an address, however it is encoded; lines that transport broke are joined first. */
export function mentions(mail: Buffer, { plain, base64 }: AddressTraces): boolean {
  const text = mail.toString('latin1').replace(/=\r?\n|\r?\n/g, '')
  const lower = Buffer.from(text, 'latin1').toString('utf8').toLowerCase()
  return plain.some((trace) => lower.includes(trace)) || base64.some((trace) => text.includes(trace))
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', "'": '&#39;', '`': '&#96;', '=': '&#61;' }
const HANDLEBARS: Readonly<Record<string, string>> = { ...HTML, "'": '&#x27;', '`': '&#x60;', '=': '&#x3D;' }

function escaped(address: string): string[] {
  const at = address.lastIndexOf('@')
  const percent = encodeURIComponent(address)
  const path = `${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`
  const html = [HTML, HANDLEBARS].map((table) =>
    address.replace(/[&'`=]/g, (character) => table[character] ?? character),
  )
  return [percent, path, strictly(percent), strictly(path), ...html]
}

/** Also what RFC 3986 reserves and `encodeURIComponent` leaves alone, as forms send it. */
function strictly(percent: string): string {
  return percent.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** RFC 2045 §6.7, without the breaking of lines. */
function quotedPrintable(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 61
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
}

/** A shorter piece of base64 stands in many mails by chance. */
const TELLING_LENGTH = 8

// What its neighbours share a group with depends on them, so only the groups that are its own are looked for.
function base64Pieces(text: string): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2]
    .map((before) => {
      const start = (3 - before) % 3
      const whole = bytes.length - start - ((bytes.length - start) % 3)
      return bytes.subarray(start, start + whole).toString('base64')
    })
    .filter((piece) => piece.length >= TELLING_LENGTH)
}
