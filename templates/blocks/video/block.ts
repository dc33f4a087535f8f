import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, alt, line, pictureAddress } from '../../../src/rendering/blocks/fields.js'
import { neededLink } from '../../../src/rendering/blocks/rules.js'
import { lines } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const video = defineBlock({
  label: 'Video',
  icon: 'circle-play',
  says: 'A still that leads to a film',
  group: 'Pictures',
  schema: z.object({
    url: address('Link to the video', { hint: 'Mail programs play no films, so the picture leads there.' }),
    imageUrl: pictureAddress('Address of the still', 'imageAlt'),
    imageAlt: alt('What the still shows'),
    title: line('Title'),
    linkLabel: line('Text of the link', { most: 100, initial: startingWords.watchVideo }),
  }),
  rules: (content) => [
    neededLink('url', content.url),
    neededLink('imageUrl', content.imageUrl),
    ['imageAlt', content.imageAlt === '', 'Describe the still for people who do not see it.'],
    ['linkLabel', content.linkLabel === '', 'The link needs a text.'],
  ],
  view: (content, { hide }) => {
    const data = {
      url: hide.plain('url', content.url),
      imageUrl: content.imageUrl,
      imageAlt: content.imageAlt,
      title: hide.plain('title', content.title),
      linkLabel: hide.plain('linkLabel', content.linkLabel),
    }
    return { data, text: lines(data.title, data.linkLabel, plainAddress(data.url)) }
  },
  summary: ({ title, url }) => title || url || 'No video yet',
})
