import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]
/** What browsers take pages for that say nothing and are not UTF-8. */
const OLD_PAGES = 'windows-1252'
const LOOKED_AT = 2048
const META = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i
const XML = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i

/** The text of a page or feed: in the encoding of its byte order mark, else of its header, else of its own first lines, else UTF-8. */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = byteOrder(bytes) ?? headerCharset(contentType) ?? ownCharset(bytes)
  const encoding = (label && knownEncoding(label)) ?? (isUtf8(bytes) ? 'utf-8' : OLD_PAGES)
  return iconv.decode(bytes, encoding)
}

function byteOrder(bytes: Uint8Array): string | null {
  return BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))?.[1] ?? null
}

function headerCharset(contentType: string): string | null {
  return /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? null
}

function ownCharset(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, LOOKED_AT))
  const label = XML.exec(start)?.[1] ?? META.exec(start)?.[1] ?? null
  // Whoever can read this in ASCII knows that it is not UTF-16, whatever it says.
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label
}

// The web's own names of encodings: what it calls iso-8859-1 is windows-1252. Node 20 knows the names but misreads that one.
function knownEncoding(label: string): string | null {
  try {
    const { encoding } = new TextDecoder(label)
    return iconv.encodingExists(encoding) ? encoding : null
  } catch {
    return null
  }
}
