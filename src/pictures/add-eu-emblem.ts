import sharp from 'sharp'
import type { Picture } from '../../db/tables/picture.js'
import type { Context } from '../context.js'
import { addPicture } from './add-picture.js'

const WIDTH = 600
const HEIGHT = 400
// One twenty-fifth of the height, which sets the emblem off from any ground.
const BORDER = HEIGHT / 25

/** Puts the emblem of the European Union into the library, drawn to its construction, and returns it; again gives the same picture. */
export async function addEuEmblem(
  ctx: Pick<Context, 'db' | 'clock' | 'files'>,
  by: string | null,
): Promise<Picture> {
  const bytes = await sharp(Buffer.from(emblemSvg())).png().toBuffer()
  return addPicture(ctx, { bytes, name: 'european-union.png', alt: 'Emblem of the European Union', by })
}

// Twelve upright stars on an invisible circle of a third of the height, each in one of an eighteenth of it (OJ C 271/5, 2012).
function emblemSvg(): string {
  const stars = Array.from({ length: 12 }, (_, hour) => {
    const angle = (hour * Math.PI) / 6
    const radius = HEIGHT / 3
    return star(WIDTH / 2 + radius * Math.sin(angle), HEIGHT / 2 - radius * Math.cos(angle), HEIGHT / 18)
  })
  const [width, height] = [WIDTH + 2 * BORDER, HEIGHT + 2 * BORDER]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g transform="translate(${BORDER} ${BORDER})"><rect width="${WIDTH}" height="${HEIGHT}" fill="#003399"/><g fill="#ffcc00">${stars.join('')}</g></g></svg>`
}

function star(x: number, y: number, radius: number): string {
  // A pentagram's inner corners lie where its edges cross.
  const inner = radius * (Math.sin(Math.PI / 10) / Math.sin((7 * Math.PI) / 10))
  const points = Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? radius : inner
    const angle = (corner * Math.PI) / 5
    return `${(x + reach * Math.sin(angle)).toFixed(2)},${(y - reach * Math.cos(angle)).toFixed(2)}`
  })
  return `<polygon points="${points.join(' ')}"/>`
}
