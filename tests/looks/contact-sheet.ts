import { readFile } from 'node:fs/promises'
import sharp from 'sharp'

const CELL = { width: 240, height: 360 }
const GAP = 10
const COLUMNS = 8

/** Puts pictures beside one another into one, each cut to its top. */
export async function contactSheet(pictures: readonly string[], path: string): Promise<void> {
  const rows = Math.ceil(pictures.length / COLUMNS)
  const cells = await Promise.all(
    pictures.map(async (picture, at) => ({
      input: await small(picture),
      left: GAP + (at % COLUMNS) * (CELL.width + GAP),
      top: GAP + Math.floor(at / COLUMNS) * (CELL.height + GAP),
    })),
  )
  const width = GAP + COLUMNS * (CELL.width + GAP)
  const height = GAP + rows * (CELL.height + GAP)
  await sharp({ create: { width, height, channels: 3, background: '#8899a0' } })
    .composite(cells)
    .jpeg({ quality: 80 })
    .toFile(path)
}

async function small(picture: string): Promise<Buffer> {
  const narrow = await sharp(await readFile(picture))
    .resize({ width: CELL.width })
    .toBuffer()
  const { height } = await sharp(narrow).metadata()
  return sharp(narrow)
    .extract({ left: 0, top: 0, width: CELL.width, height: Math.min(height, CELL.height) })
    .toBuffer()
}
