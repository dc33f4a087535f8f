import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, line } from '../../../src/rendering/blocks/fields.js'
import { link } from '../../../src/rendering/blocks/rules.js'
import { lines } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const closing = defineBlock({
  label: 'Closing',
  icon: 'hand-heart',
  says: 'Tagline, name and web address',
  group: 'Order',
  schema: z.object({
    tagline: line('Tagline', { most: 500 }),
    name: line('Name', { isName: true }),
    url: address('Web address'),
  }),
  rules: ({ url }) => [link('url', url)],
  view: (content, { hide }) => {
    const data = {
      tagline: hide.plain('tagline', content.tagline),
      name: hide.plain('name', content.name),
      url: hide.plain('url', content.url),
    }
    return { data, text: lines(data.tagline, data.name, plainAddress(data.url)) }
  },
  summary: ({ tagline, name }) => tagline || name,
})
