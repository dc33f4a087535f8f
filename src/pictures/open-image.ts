import sharp, { type Metadata, type Sharp } from 'sharp'
import { InvalidError } from '../errors.js'
import { CONVERSION_SECONDS, MAX_PIXELS } from './limits.js'

// Only these formats are ever decoded, whatever else the library was built with.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}`),
})

type Raw = { width: number; height: number; channels: 4 }

/** An image to be decoded within the limits of pixels and time; every frame of it when `animated`. */
export function openImage(bytes: Buffer, { animated = false } = {}): Sharp {
  const options = { animated, limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: false } as const
  return sharp(bytes, options).timeout({ seconds: CONVERSION_SECONDS })
}

/** Pixels that are decoded already. */
export function openPixels(pixels: Buffer, raw: Raw): Sharp {
  return sharp(pixels, { raw }).timeout({ seconds: CONVERSION_SECONDS })
}

/** What the file says of itself, its pixels not decoded. */
export function imageFacts(bytes: Buffer): Promise<Metadata> {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).metadata()
}

/** An `InvalidError` for the field `picture`. */
export function refusal(sentence: string): InvalidError {
  return new InvalidError({ picture: sentence })
}

/** Why a picture could not be decoded, in a sentence for whoever uploaded it. */
export function decodingRefusal(error: unknown): InvalidError {
  if (error instanceof InvalidError) return error
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit|too large/i.test(message))
    return refusal('This picture has more than 40 megapixels. Please make it smaller first.')
  if (/timeout/i.test(message))
    return refusal('This picture takes too long to convert. Please make it smaller first.')
  return refusal('This picture is damaged or incomplete. Please export it again.')
}
