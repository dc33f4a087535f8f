import { isAscii } from 'node:buffer'
import iconv from 'iconv-lite'
import type { FoundFile } from '../../../../db/tables/import.js'

export type Encoding = FoundFile['encoding']

/** In which a file can be read. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1257',
] as const satisfies readonly Encoding[]

/** Looks at the bytes of a file, piece by piece, and says how they are written. */
export type EncodingFinder = { take(bytes: Uint8Array): void; found(): Encoding }

const BOMS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]
const LOOKED_AT_FOR_ZEROS = 4096

/**
 * By the byte order mark, else by where zero bytes stand (UTF-16), else UTF-8 as long as it holds more letters of UTF-8 than bytes that
 * are none: a few torn letters must not change the reading of all others. Else Windows-1252, which old spreadsheets write.
 */
export function encodingFinder(): EncodingFinder {
  let start: Encoding | null | undefined
  let letters = 0
  let strays = 0
  let awaited = 0
  const count = (byte: number) => {
    if (awaited > 0 && (byte & 0xc0) === 0x80) {
      if (--awaited === 0) letters++
      return
    }
    if (awaited > 0) strays++
    awaited = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0
    if (byte >= 0x80 && awaited === 0) strays++
  }
  return {
    take: (bytes) => {
      if (start === undefined) start = markOf(bytes) ?? zerosOf(bytes)
      if (start || (awaited === 0 && isAscii(bytes))) return
      for (const byte of bytes) count(byte)
    },
    found: () => {
      if (start) return start
      return strays + Math.sign(awaited) > letters ? 'windows-1252' : 'utf-8'
    },
  }
}

/** Turns bytes into text piece by piece, without the byte order mark; a letter may begin in one piece and end in the next. */
export function textDecoder(encoding: Encoding): { write(bytes: Uint8Array): string; end(): string } {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false })
  let isStart = true
  const plain = (text: string) => {
    if (!isStart || text === '') return text
    isStart = false
    return text.startsWith('\ufeff') ? text.slice(1) : text
  }
  return {
    write: (bytes) => plain(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => plain(decoder.end() ?? ''),
  }
}

function markOf(bytes: Uint8Array): Encoding | null {
  return BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))?.[1] ?? null
}

// Text of our alphabets in UTF-16 has a zero in every other byte, other text has none.
function zerosOf(bytes: Uint8Array): Encoding | null {
  const zeros = [0, 0]
  const looked = bytes.subarray(0, LOOKED_AT_FOR_ZEROS)
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (Math.max(even, odd) < looked.length / 8) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}
