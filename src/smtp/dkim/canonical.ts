/** The relaxed form of a header field (RFC 6376 §3.4.2): name in lower case, unfolded, blanks run together. */
export function canonicalHeader(field: string): string {
  const colon = field.indexOf(':')
  const name = field.slice(0, colon).trim().toLowerCase()
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${name}:${value}`
}

/** The relaxed form of a body (RFC 6376 §3.4.4): blanks run together, none at the end of a line, no empty lines at the end. */
export function canonicalBody(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n)/g, '')
    .replace(/ $/, '')
    .replace(/(\r\n)*$/, '')
  return Buffer.from(text === '' ? '' : `${text}\r\n`, 'latin1')
}
