import fc from 'fast-check'
import sharp from 'sharp'
import { mailPicture } from '../../src/pictures/mail-picture.js'
import { animation, drawing, phonePhoto, photo } from '../helpers/draw-picture.js'

const METADATA = ['exif', 'icc', 'iptc', 'xmp', 'comments'] as const

it('turns a phone’s photo upright and forgets where it was taken', async () => {
  const upload = await phonePhoto({ width: 400, height: 300 })
  expect((await sharp(upload).metadata()).orientation).toBe(6)
  expect(upload.includes('Lakeside')).toBe(true)
  const made = await mailPicture(upload)
  expect(made).toMatchObject({ type: 'image/jpeg', width: 300, height: 400, frames: 1 })
  const facts = await sharp(made.bytes).metadata()
  expect(facts.exif).toBeUndefined()
  expect(facts.isProgressive).toBe(true)
  expect(made.bytes.includes('Lakeside')).toBe(false)
})

it('takes the thumbnail, the place and the comment out of a photo that keeps its pixels', async () => {
  const upload = await photo({ width: 200, height: 150 })
    .jpeg({ quality: 30, mozjpeg: true })
    .withExif({ IFD0: { Make: 'Lakeside' } })
    .toBuffer()
  const made = await mailPicture(Buffer.concat([upload, Buffer.from('PK\x03\x04 an archive behind it')]))
  expect(made.bytes.length).toBeLessThan(upload.length)
  expect(made.bytes.includes('Lakeside')).toBe(false)
  expect(made.bytes.includes('archive')).toBe(false)
  const [before, after] = await Promise.all(
    [upload, made.bytes].map((bytes) => sharp(bytes).raw().toBuffer()),
  )
  expect(after?.equals(before!)).toBe(true)
})

it('makes a wide photo 1200 px wide and light', async () => {
  const made = await mailPicture(await photo({ width: 2600, height: 1300 }).jpeg({ quality: 97 }).toBuffer())
  expect(made).toMatchObject({ type: 'image/jpeg', width: 1200, height: 600 })
})

it.each(['webp', 'avif'] as const)('makes a photo in %s a JPEG', async (format) => {
  const made = await mailPicture(await photo({ width: 320, height: 200 }).toFormat(format).toBuffer())
  expect(made).toMatchObject({ type: 'image/jpeg', width: 320, height: 200 })
})

it('makes a photo in PNG a JPEG, and one in CMYK sRGB', async () => {
  expect((await mailPicture(await photo({ width: 320, height: 200 }).png().toBuffer())).type).toBe(
    'image/jpeg',
  )
  const printed = await photo({ width: 320, height: 200 }).toColourspace('cmyk').jpeg().toBuffer()
  const { space } = await sharp((await mailPicture(printed)).bytes).metadata()
  expect(space).toBe('srgb')
})

it('keeps drawings and what is see-through as PNG, pixel for pixel', async () => {
  for (const seeThrough of [false, true]) {
    const upload = await drawing({ width: 400, height: 240 }, { seeThrough })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const made = await mailPicture(upload)
    expect(made).toMatchObject({ type: 'image/png', width: 400, height: 240 })
    expect(made.bytes.length).toBeLessThan(upload.length / 20)
    const { data, info } = await sharp(made.bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 4)]).toEqual(
      seeThrough ? [expect.any(Number), expect.any(Number), expect.any(Number), 0] : [15, 76, 92, 255],
    )
    const right = (info.width - 1) * 4
    expect([...data.subarray(right, right + 4)]).toEqual([242, 193, 78, 255])
  }
})

it.each(['gif', 'webp'] as const)('keeps an animation in %s moving, as GIF', async (format) => {
  const made = await mailPicture(await animation({ width: 1600, height: 400 }, 5, format))
  expect(made).toMatchObject({ type: 'image/gif', width: 1200, height: 300, frames: 5 })
  const facts = await sharp(made.bytes, { animated: true }).metadata()
  expect(facts).toMatchObject({ pages: 5, delay: [100, 120, 140, 160, 180], loop: 0 })
})

it('is never larger than an upload that is plain already, whatever it is', async () => {
  const uploads = fc.record({
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
    format: fc.constantFrom('jpeg', 'png', 'gif'),
    kind: fc.constantFrom(photo, drawing),
    quality: fc.integer({ min: 10, max: 100 }),
  })
  await fc.assert(
    fc.asyncProperty(uploads, async ({ width, height, format, kind, quality }) => {
      const options = format === 'jpeg' ? { quality } : {}
      const upload = await kind({ width, height })
        .toFormat(format as 'jpeg', options)
        .toBuffer()
      const made = await mailPicture(upload)
      const facts = await sharp(made.bytes).metadata()
      expect(made.bytes.length).toBeLessThanOrEqual(upload.length)
      expect(facts).toMatchObject({ width, height, mediaType: made.type })
      for (const field of METADATA) expect(facts[field]).toBeUndefined()
    }),
    { numRuns: 25 },
  )
})

it('comes out the same when it goes through again', async () => {
  for (const upload of [
    await photo({ width: 300, height: 200 }).jpeg().toBuffer(),
    await drawing({ width: 300, height: 200 }).png().toBuffer(),
    await animation({ width: 80, height: 60 }, 3),
  ]) {
    const once = await mailPicture(upload)
    expect((await mailPicture(once.bytes)).bytes.length).toBeLessThanOrEqual(once.bytes.length)
  }
})

describe('refuses', () => {
  const whole = () => photo({ width: 300, height: 200 }).jpeg().toBuffer()
  const refused: [string, () => Promise<Buffer> | Buffer, RegExp][] = [
    ['an empty file', () => Buffer.alloc(0), /empty/],
    ['text', () => Buffer.from('Dear reader, this is a picture.'), /not a picture/],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>'), /not a picture/],
    [
      'SVG',
      () => Buffer.from('<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>'),
      /SVG drawings/,
    ],
    ['TIFF', () => photo({ width: 30, height: 20 }).tiff().toBuffer(), /not a picture/],
    ['a cut-off JPEG', async () => (await whole()).subarray(0, 4000), /damaged/],
    [
      'a cut-off PNG',
      async () => (await drawing({ width: 99, height: 99 }).png().toBuffer()).subarray(0, 200),
      /damaged/,
    ],
    [
      'a cut-off animation',
      async () => (await animation({ width: 200, height: 99 }, 4)).subarray(0, 700),
      /damaged/,
    ],
    ['a script that begins as GIF', () => Buffer.from('GIF89a/*…*/=1;alert(1)//'), /damaged/],
    [
      'a script that begins as JPEG',
      () => Buffer.from('\xff\xd8\xff\xe0/*…*/=1;alert(1)//', 'latin1'),
      /damaged/,
    ],
    ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /damaged|HEIC/],
    ['over 10 MB', async () => Buffer.concat([await whole(), Buffer.alloc(10_000_000)]), /at most 10 MB/],
    [
      'over 40 megapixels',
      () =>
        sharp({ create: { width: 7000, height: 6000, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
      /40 megapixels/,
    ],
    ['a PNG that claims to be huge', async () => claimingToBe(100_000, 100_000), /40 megapixels|damaged/],
    [
      'frames over 40 megapixels',
      () => animation({ width: 2000, height: 1500 }, 14),
      /frames of this animation/,
    ],
    ['more than 500 frames', () => animation({ width: 2, height: 2 }, 501), /500 frames/],
  ]
  it.each(refused)('%s', async (_what, make, sentence) => {
    await expect(mailPicture(await make())).rejects.toMatchObject({
      name: 'InvalidError',
      issues: { picture: expect.stringMatching(sentence) },
    })
  })

  async function claimingToBe(width: number, height: number): Promise<Buffer> {
    const bytes = Buffer.from(await drawing({ width: 10, height: 10 }).png().toBuffer())
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    return bytes
  }
})
