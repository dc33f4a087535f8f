const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const JFIF_WITHOUT_THUMBNAIL = 16

/** A JPEG file with the segments that make its pixels and no others; null when its structure ends too early. */
export function stripJpeg(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === END_OF_IMAGE) break
    const length = 2 + bytes.readUInt16BE(at + 2)
    const end = marker === START_OF_SCAN ? endOfScan(bytes, at + length) : at + length
    if (end > bytes.length) return null
    if (isNeeded(marker, length - 2)) kept.push(bytes.subarray(at, end))
    at = end
  }
  if (bytes[at] !== 0xff || bytes[at + 1] !== END_OF_IMAGE) return null
  return Buffer.concat([...kept, Buffer.from([0xff, END_OF_IMAGE])])
}

// In the scan's data 0xFF is followed by 0, or by a restart marker.
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    const isData = next === 0 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7)
    if (!isData) return at
  }
  return bytes.length + 1
}

// Tables, frames, scans; JFIF's density, and Adobe's word on how the colours are coded.
function isNeeded(marker: number, length: number): boolean {
  if (marker === 0xe0) return length === JFIF_WITHOUT_THUMBNAIL
  if (marker === 0xee) return length === 14
  return (marker >= 0xc0 && marker <= 0xcf) || marker === 0xda || marker === 0xdb || marker === 0xdd
}
