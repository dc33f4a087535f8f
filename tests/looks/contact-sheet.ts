import sharp from 'sharp'

const CELL = { width: 270, height: 330 }
const GAP = 10
const COLUMNS = 6

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
    .png({ palette: true })
    .toFile(path)
}

async function small(picture: string): Promise<Buffer> {
  const { data, info } = await sharp(picture)
    .resize({ width: CELL.width })
    .toBuffer({ resolveWithObject: true })
  return sharp(data)
    .extract({ left: 0, top: 0, width: info.width, height: Math.min(info.height, CELL.height) })
    .toBuffer()
}
