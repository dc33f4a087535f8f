import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, alt, line, pictureAddress, toggle } from '../../../src/rendering/blocks/fields.js'
import { link, neededLink } from '../../../src/rendering/blocks/rules.js'
import { lines } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const image = defineBlock({
  label: 'Picture',
  icon: 'image',
  says: 'A picture, with or without a link',
  group: 'Pictures',
  schema: z.object({
    url: pictureAddress('Address of the picture', 'alt'),
    alt: alt('What it shows'),
    decorative: toggle('It is only decoration'),
    linkUrl: address('Link', { hint: 'Where a click leads, if anywhere.' }),
    caption: line('Caption', { most: 500 }),
  }),
  rules: (content) => [
    neededLink('url', content.url),
    ['alt', content.alt === '' && !content.decorative, 'Describe the picture, or mark it as decoration.'],
    ['alt', content.alt === '' && content.linkUrl !== '', 'A linked picture needs a description.'],
    link('linkUrl', content.linkUrl),
  ],
  view: (content, { hide }) => {
    const caption = hide.plain('caption', content.caption)
    const data = { ...content, linkUrl: hide.plain('linkUrl', content.linkUrl), caption }
    const shown = content.alt ? `[${content.alt}]` : ''
    return { data, text: lines(shown, caption, plainAddress(data.linkUrl)) }
  },
  summary: ({ alt: shows, url }) => shows || url || 'No picture yet',
})
