import { MAX_WIDTH } from './limits.js'
import { openImage, openPixels } from './open-image.js'

export type Encoded = { type: 'image/jpeg' | 'image/png' | 'image/gif'; bytes: Buffer }
type Pixels = { data: Buffer; raw: { width: number; height: number; channels: 4 } }

const JPEG_QUALITY = 80
/** Mean squared error of 8-bit values; 6.5 is 40 dB, where nobody sees a difference side by side. */
const FAITHFUL_ERROR = 6.5
/** A drawing with smooth edges has some hundreds; what has more is not worth the seconds that reducing it takes. */
const MAX_DRAWN_COLOURS = 8000

/**
 * One frame, upright and in sRGB: a photo as progressive JPEG, what is drawn or see-through as PNG with few colours where these
 * suffice.
 */
export async function stillPicture(bytes: Buffer, { isPhoto = false } = {}): Promise<Encoded> {
  const pixels = await decode(bytes)
  const isOpaque = isEveryPixelOpaque(pixels)
  const palette = !isPhoto && hasFewColours(pixels) ? await paletteWhenFaithful(pixels) : null
  const full = isOpaque ? await jpeg(pixels) : await png(pixels)
  return palette && palette.bytes.length <= full.bytes.length ? palette : full
}

async function decode(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await openImage(bytes)
    .autoOrient()
    .resize({ width: MAX_WIDTH, withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 4) throw new Error('A decoded picture has four channels.')
  return { data, raw: { width: info.width, height: info.height, channels: 4 } }
}

async function jpeg({ data, raw }: Pixels): Promise<Encoded> {
  const bytes = await openPixels(data, raw)
    .removeAlpha()
    .jpeg({ quality: JPEG_QUALITY, mozjpeg: true })
    .toBuffer()
  return { type: 'image/jpeg', bytes }
}

async function png({ data, raw }: Pixels): Promise<Encoded> {
  return {
    type: 'image/png',
    bytes: await openPixels(data, raw).png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer(),
  }
}

async function paletteWhenFaithful(pixels: Pixels): Promise<Encoded | null> {
  const bytes = await openPixels(pixels.data, pixels.raw)
    .png({ palette: true, quality: 100, effort: 7, compressionLevel: 9 })
    .toBuffer()
  const shown = await openImage(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer()
  return meanSquaredError(pixels.data, shown) <= FAITHFUL_ERROR ? { type: 'image/png', bytes } : null
}

function hasFewColours({ data }: Pixels): boolean {
  const colours = new Set<number>()
  for (let at = 0; at < data.length && colours.size <= MAX_DRAWN_COLOURS; at += 4)
    colours.add(data.readUInt32LE(at))
  return colours.size <= MAX_DRAWN_COLOURS
}

function isEveryPixelOpaque({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false
  return true
}

// What is see-through has no colour to compare, so colours count as much as their opacity.
function meanSquaredError(wanted: Buffer, shown: Buffer): number {
  if (wanted.length !== shown.length) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let at = 0; at < wanted.length; at += 4) {
    const [wantedAlpha, shownAlpha] = [wanted[at + 3]!, shown[at + 3]!]
    sum += (wantedAlpha - shownAlpha) ** 2
    for (let channel = at; channel < at + 3; channel++)
      sum += ((wanted[channel]! * wantedAlpha - shown[channel]! * shownAlpha) / 255) ** 2
  }
  return sum / wanted.length
}
