import { z } from 'zod'
import { defineBlock, type Rule } from '../../../src/rendering/blocks/define-block.js'
import { address, alt, columns, line, pictureAddress, rows } from '../../../src/rendering/blocks/fields.js'
import { link, neededLink } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const gallery = defineBlock({
  label: 'Gallery',
  icon: 'images',
  says: 'Several pictures in rows of two or three',
  group: 'Pictures',
  schema: z.object({
    columns: columns('Pictures in a row', [
      [2, 'Two'],
      [3, 'Three'],
    ]),
    pictures: rows('Pictures', {
      row: 'picture',
      most: 24,
      fields: {
        url: pictureAddress('Address of the picture', 'alt'),
        alt: alt('What it shows'),
        linkUrl: address('Link', { hint: 'Where a click leads, if anywhere.' }),
      },
    }),
    caption: line('Caption', { most: 500 }),
  }),
  rules: ({ pictures }) => [
    ['pictures', pictures.length === 0, 'Add at least one picture.'],
    ...pictures.flatMap(({ url, alt: shows, linkUrl }, index): Rule[] => [
      neededLink(`pictures.${index}.url`, url),
      [`pictures.${index}.alt`, shows === '', 'Describe the picture for people who do not see it.'],
      link(`pictures.${index}.linkUrl`, linkUrl),
    ]),
  ],
  view: (content, { hide }) => {
    const caption = hide.plain('caption', content.caption)
    const pictures = content.pictures.map((picture, index) => ({
      ...picture,
      linkUrl: hide.plain(`pictures.${index}.linkUrl`, picture.linkUrl),
    }))
    const inRows = pictures.flatMap((_, at) =>
      at % content.columns === 0 ? [pictures.slice(at, at + content.columns)] : [],
    )
    const texts = pictures.map(({ alt: shows, linkUrl }) =>
      lines(shows && `[${shows}]`, plainAddress(linkUrl)),
    )
    const width = content.columns === 3 ? '33%' : '50%'
    return { data: { rows: inRows, width, caption }, text: paragraphs(...texts, caption) }
  },
  summary: ({ pictures }) => (pictures.length === 1 ? '1 picture' : `${pictures.length} pictures`),
})
