import { MAX_WIDTH } from './limits.js'
import { openImage } from './open-image.js'
import type { Encoded } from './still-picture.js'

/** An animation as GIF, which mail programs play; each frame and its time are kept. */
export async function animatedPicture(bytes: Buffer): Promise<Encoded> {
  const gif = await openImage(bytes, { animated: true })
    .resize({ width: MAX_WIDTH, withoutEnlargement: true })
    .gif({ effort: 7 })
    .toBuffer()
  return { type: 'image/gif', bytes: gif }
}
