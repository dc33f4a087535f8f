// RFC 4648 §6 without padding, in lower case: mail servers may change the case of a local part.
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bytes as base32 in lower case, without padding. */
export function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

/** The bytes of a base32 text in lower case, or null for what `base32` would not write. */
export function fromBase32(text: string): Buffer | null {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = (value << 5) | digit
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >>> bits) & 255)
    value &= (1 << bits) - 1
  }
  // Spare bits and characters would give the same bytes several spellings.
  const found = Buffer.from(bytes)
  return base32(found) === text ? found : null
}
