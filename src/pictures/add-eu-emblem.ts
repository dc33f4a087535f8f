import sharp from 'sharp'
import type { Picture } from '../../db/tables/picture.js'
import type { Context } from '../context.js'
import { addPicture } from './add-picture.js'

const FIELD = { width: 600, height: 400 }
// One twenty-fifth of the height, which sets the emblem off from any ground.
const BORDER = FIELD.height / 25
const WIDTH = FIELD.width + 2 * BORDER
const HEIGHT = FIELD.height + 2 * BORDER
const BLUE = [0x00, 0x33, 0x99] as const
const YELLOW = [0xff, 0xcc, 0x00] as const
/** Samples across a pixel, for smooth edges. */
const FINE = 4

/** Puts the emblem of the European Union into the library, drawn to its construction, and returns it; again gives the same picture. */
export async function addEuEmblem(
  ctx: Pick<Context, 'db' | 'clock' | 'files'>,
  by: string | null,
): Promise<Picture> {
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const
  const bytes = await sharp(emblem(), { raw }).png().toBuffer()
  return addPicture(ctx, { bytes, name: 'european-union.png', alt: 'Emblem of the European Union', by })
}

// Twelve upright stars on an invisible circle of a third of the height, each in one of an eighteenth of it.
function emblem(): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, 0xff)
  for (let y = BORDER; y < HEIGHT - BORDER; y++)
    for (let x = BORDER; x < WIDTH - BORDER; x++) pixels.set(BLUE, (y * WIDTH + x) * 3)
  for (let hour = 0; hour < 12; hour++) {
    const angle = (hour * Math.PI) / 6
    const reach = FIELD.height / 3
    drawStar(pixels, { x: WIDTH / 2 + reach * Math.sin(angle), y: HEIGHT / 2 - reach * Math.cos(angle) })
  }
  return pixels
}

type Point = { x: number; y: number }
const STAR_RADIUS = FIELD.height / 18

function drawStar(pixels: Buffer, centre: Point): void {
  const corners = starCorners(centre)
  const from = { x: Math.floor(centre.x - STAR_RADIUS), y: Math.floor(centre.y - STAR_RADIUS) }
  for (let y = from.y; y <= centre.y + STAR_RADIUS; y++)
    for (let x = from.x; x <= centre.x + STAR_RADIUS; x++) {
      const share = coverage({ x, y }, corners)
      const colour = BLUE.map((blue, at) => Math.round(blue + ((YELLOW[at] ?? 0) - blue) * share))
      if (share > 0) pixels.set(colour, (y * WIDTH + x) * 3)
    }
}

function starCorners({ x, y }: Point): Point[] {
  // A pentagram's inner corners lie where its edges cross.
  const inner = STAR_RADIUS * (Math.sin(Math.PI / 10) / Math.sin((7 * Math.PI) / 10))
  return Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? STAR_RADIUS : inner
    const angle = (corner * Math.PI) / 5
    return { x: x + reach * Math.sin(angle), y: y - reach * Math.cos(angle) }
  })
}

/** How much of a pixel, 0 to 1, lies within a shape. */
function coverage({ x, y }: Point, corners: readonly Point[]): number {
  let inside = 0
  for (let row = 0.5; row < FINE; row++)
    for (let column = 0.5; column < FINE; column++)
      if (isWithin({ x: x + column / FINE, y: y + row / FINE }, corners)) inside++
  return inside / FINE ** 2
}

// A ray to the right crosses the outline of a shape an odd number of times from within it.
function isWithin({ x, y }: Point, corners: readonly Point[]): boolean {
  let last = corners.at(-1) as Point
  let within = false
  for (const corner of corners) {
    const crosses = corner.y > y !== last.y > y
    if (crosses && x < ((last.x - corner.x) * (y - corner.y)) / (last.y - corner.y) + corner.x)
      within = !within
    last = corner
  }
  return within
}
