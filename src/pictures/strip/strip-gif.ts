const HEADER_BYTES = 13
const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b
const TIMING = 0xf9
const APPLICATION = 0xff
const LOOPS = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/

/**
 * A GIF file with its frames, their timing and its loops and nothing else; null when its structure is unusual. Throws when it
 * ends in the middle of a frame, which the decoder would fill with nothing.
 */
export function stripGif(bytes: Buffer): Buffer | null {
  if (bytes.length < HEADER_BYTES) return null
  let at = HEADER_BYTES + tableBytes(bytes[10]!)
  const kept: Buffer[] = [bytes.subarray(0, at)]
  for (;;) {
    const kind = bytes[at] ?? TRAILER
    if (kind === TRAILER) return Buffer.concat([...kept, Buffer.from([TRAILER])])
    if (kind !== IMAGE && kind !== EXTENSION) return null
    const end = endOfBlock(bytes, at)
    if (end === null) throw new Error('This GIF is cut off.')
    if (kind === IMAGE || isNeeded(bytes, at)) kept.push(bytes.subarray(at, end))
    at = end
  }
}

function endOfBlock(bytes: Buffer, at: number): number | null {
  if (bytes[at] === EXTENSION) return endOfParts(bytes, at + 2)
  if (at + 10 > bytes.length) return null
  return endOfParts(bytes, at + 10 + tableBytes(bytes[at + 9]!) + 1)
}

// Data come in parts of a length and so many bytes; an empty one is the last.
function endOfParts(bytes: Buffer, start: number): number | null {
  let at = start
  while (at < bytes.length) {
    const length = bytes[at]!
    at += 1 + length
    if (length === 0) return at
  }
  return null
}

function isNeeded(bytes: Buffer, at: number): boolean {
  if (bytes[at + 1] === TIMING) return true
  return bytes[at + 1] === APPLICATION && LOOPS.test(bytes.toString('latin1', at + 3, at + 14))
}

function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}
