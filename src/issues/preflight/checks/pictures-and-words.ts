import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** Letters that each picture needs beside it, or filters take the mail for an advertisement in pictures. */
const LETTERS_PER_PICTURE = 100
const SMALLEST_PICTURE_PX = 60
const HEAVY_BYTES = 1_500_000

/** A mail that is mostly pictures, or whose pictures are heavy. */
export const picturesAndWords: Check = ({ page, pictureBytes }) => {
  const pictures = page.images.filter(({ width }) => width === null || width >= SMALLEST_PICTURE_PX).length
  const remarks: Remark[] = []
  if (pictures > 0 && page.letters < pictures * LETTERS_PER_PICTURE)
    remarks.push({
      severity: 'warning',
      message: `The mail is mostly pictures: ${pictures} beside ${page.letters} letters. Many readers see no pictures, and filters distrust such mails. Write out what they show.`,
    })
  if (pictureBytes > HEAVY_BYTES)
    remarks.push({
      severity: 'warning',
      message: `The pictures weigh ${(pictureBytes / 1_000_000).toFixed(1)} MB: on a phone on the move they come slowly. Use fewer or smaller ones.`,
    })
  return remarks
}
