import sharp, { type Sharp } from 'sharp'

// Jest looks a global up anew each time it is named, which a loop over pixels feels.
const { abs, floor, sin } = Math

type Size = { width: number; height: number }

/** Pixels like a photo's: soft colours with some grain, none of it repeated. */
export function photo({ width, height }: Size): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  let grain = 7
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [((at / 3) % width) / width, floor(at / 3 / width) / height]
    grain = (grain * 1_103_515_245 + 12_345) % 2_147_483_648
    const noise = (grain / 2_147_483_648) * 24
    pixels[at] = 60 + 150 * x + noise
    pixels[at + 1] = 90 + 120 * abs(sin(7 * (x + y))) + noise
    pixels[at + 2] = 200 - 140 * y + noise
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** A drawing of few colours: stripes, the left half see-through if asked. */
export function drawing({ width, height }: Size, { seeThrough = false } = {}): Sharp {
  const pixels = Buffer.alloc(width * height * 4)
  for (let at = 0; at < pixels.length; at += 4) {
    const [x, y] = [(at / 4) % width, floor(at / 4 / width)]
    const isStripe = (x + y) % 24 < 8
    pixels.set(isStripe ? [15, 76, 92, 255] : [242, 193, 78, 255], at)
    if (seeThrough && x < width / 2) pixels[at + 3] = 0
  }
  return sharp(pixels, { raw: { width, height, channels: 4 } })
}

/** An animated GIF or WebP whose frames differ in colour. */
export async function animation({ width, height }: Size, frames: number, format: 'gif' | 'webp' = 'gif') {
  const stills = await Promise.all(
    Array.from({ length: frames }, (_, index) => {
      const background = { r: (index * 70) % 256, g: 90, b: 255 - ((index * 40) % 256) }
      return sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer()
    }),
  )
  const delay = stills.map((_, index) => 100 + index * 20)
  return sharp(stills, { join: { animated: true } })
    .toFormat(format, { delay, loop: 0 })
    .toBuffer()
}

/** A JPEG from a phone held sideways, with the place where it was taken in it. */
export function phonePhoto({ width, height }: Size): Promise<Buffer> {
  return photo({ width, height })
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Lakeside' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '60/1 10/1 15/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '24/1 56/1 0/1',
      },
    })
    .toBuffer()
}
