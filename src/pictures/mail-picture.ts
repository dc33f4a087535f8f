import { createHash } from 'node:crypto'
import type { Metadata } from 'sharp'
import { animatedPicture } from './animated-picture.js'
import { inTurn } from './in-turn.js'
import { MAX_FRAMES, MAX_PIXELS, MAX_UPLOAD_BYTES, MAX_WIDTH } from './limits.js'
import { decodingRefusal, imageFacts, refusal } from './open-image.js'
import { type PictureKind, pictureKind } from './picture-kind.js'
import { type Encoded, stillPicture } from './still-picture.js'
import { stripGif } from './strip/strip-gif.js'
import { stripJpeg } from './strip/strip-jpeg.js'
import { stripPng } from './strip/strip-png.js'

/** A picture that every mail program shows, without anything but its pixels. */
export type MailPicture = Encoded & { width: number; height: number; frames: number; sha256: string }

type Upload = { bytes: Buffer; kind: Exclude<PictureKind, 'svg'>; facts: Metadata }

/**
 * Makes of an uploaded file what newsletters embed: upright, sRGB, at most 1200 px wide, JPEG, PNG or GIF, as light as it can be
 * without showing it. Throws `InvalidError` with a sentence at `picture`.
 */
export async function mailPicture(bytes: Buffer): Promise<MailPicture> {
  const kind = acceptedKind(bytes)
  try {
    return await inTurn(() => convert(bytes, kind))
  } catch (error) {
    throw decodingRefusal(error)
  }
}

function acceptedKind(bytes: Buffer): Upload['kind'] {
  if (bytes.length === 0) throw refusal('This file is empty.')
  if (bytes.length > MAX_UPLOAD_BYTES) throw refusal('A picture may weigh at most 10 MB.')
  const kind = pictureKind(bytes)
  if (kind === 'svg')
    throw refusal(
      'SVG drawings are not shown by most mail programs. Please export it as PNG, twice as large as it will appear.',
    )
  if (!kind) throw refusal('This is not a picture that we can read. Please use JPEG, PNG, GIF, WebP or AVIF.')
  return kind
}

async function convert(bytes: Buffer, kind: Upload['kind']): Promise<MailPicture> {
  const facts = await imageFacts(bytes)
  if (kind === 'heic' || (facts.format === 'heif' && facts.compression === 'hevc'))
    throw refusal(
      'HEIC photos cannot be read here. Please save it as JPEG, or share it as “Most compatible”.',
    )
  const upload = { bytes, kind, facts }
  const frames = kind === 'gif' || kind === 'webp' ? (facts.pages ?? 1) : 1
  refuseBomb(facts, frames)
  const plain = plainUpload(upload)
  const isPhoto = kind === 'jpeg'
  const converted = frames > 1 ? await animatedPicture(bytes) : await stillPicture(bytes, { isPhoto })
  const lightest = plain && plain.bytes.length <= converted.bytes.length ? plain : converted
  const shown = await imageFacts(lightest.bytes)
  const sha256 = createHash('sha256').update(lightest.bytes).digest('hex')
  return { ...lightest, width: shown.width, height: shown.pageHeight ?? shown.height, frames, sha256 }
}

function refuseBomb({ width, height, pageHeight }: Metadata, frames: number): void {
  if (frames > MAX_FRAMES) throw refusal('This animation has more than 500 frames. Please shorten it.')
  if (width * (pageHeight ?? height) * frames > MAX_PIXELS)
    throw refusal(
      frames > 1
        ? 'The frames of this animation have more than 40 megapixels together. Please shorten it or make it smaller.'
        : 'This picture has more than 40 megapixels. Please make it smaller first.',
    )
}

const STRIPPED = {
  jpeg: { type: 'image/jpeg', strip: stripJpeg },
  png: { type: 'image/png', strip: stripPng },
  gif: { type: 'image/gif', strip: stripGif },
} as const

// What is upright, narrow and sRGB already keeps its own pixels, if that is lighter than coding them anew.
function plainUpload({ bytes, kind, facts }: Upload): Encoded | null {
  if (kind !== 'jpeg' && kind !== 'png' && kind !== 'gif') return null
  const isUpright = (facts.orientation ?? 1) === 1
  const isPlain = !facts.hasProfile && facts.depth === 'uchar' && facts.space !== 'cmyk'
  const { type, strip } = STRIPPED[kind]
  const stripped = strip(bytes)
  if (!stripped || !isUpright || !isPlain || facts.width > MAX_WIDTH) return null
  return { type, bytes: stripped }
}
