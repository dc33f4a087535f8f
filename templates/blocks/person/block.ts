import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, alt, line, pictureAddress, rich } from '../../../src/rendering/blocks/fields.js'
import { link, picture } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

export const person = defineBlock({
  label: 'Person',
  icon: 'user-round',
  says: 'A face, a name, a few words and how to reach them',
  group: 'Events and people',
  schema: z.object({
    name: line('Name', { isName: true }),
    role: line('Role'),
    words: rich('About them'),
    imageUrl: pictureAddress('Address of the portrait', 'imageAlt'),
    imageAlt: alt('What the portrait shows'),
    linkLabel: line('Text of the link', { most: 100, initial: startingWords.writeToThem }),
    url: address('Link', { hint: 'A page, or mailto: and an address.' }),
  }),
  rules: (content) => [
    ['name', content.name === '', 'Say who this is.'],
    ...picture('imageUrl', content.imageUrl, { altField: 'imageAlt', alt: content.imageAlt }),
    link('url', content.url),
    ['linkLabel', content.url !== '' && content.linkLabel === '', 'The link needs a text.'],
  ],
  view: (content, { hide }) => {
    const data = {
      name: hide.plain('name', content.name),
      role: hide.plain('role', content.role),
      words: hide.rich('words', content.words),
      imageUrl: content.imageUrl,
      imageAlt: content.imageAlt,
      url: hide.plain('url', content.url),
      linkLabel: hide.plain('linkLabel', content.linkLabel),
    }
    const reach = data.url ? lines(data.linkLabel, plainAddress(data.url)) : ''
    return { data, text: paragraphs(lines(data.name, data.role), richTextToPlain(data.words), reach) }
  },
  summary: ({ name, role }) => [name, role].filter(Boolean).join(', ') || 'Nobody yet',
})
