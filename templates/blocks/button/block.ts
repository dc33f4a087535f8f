import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, line } from '../../../src/rendering/blocks/fields.js'
import { neededLink } from '../../../src/rendering/blocks/rules.js'
import { lines } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const button = defineBlock({
  label: 'Button',
  icon: 'mouse-pointer-click',
  says: 'One clear thing to do',
  group: 'Words',
  schema: z.object({ label: line('Text on the button', { most: 100 }), url: address('Link') }),
  rules: ({ label, url }) => [['label', label === '', 'Give the button a text.'], neededLink('url', url)],
  view: (content, { hide }) => {
    const data = { label: hide.plain('label', content.label), url: hide.plain('url', content.url) }
    return { data, text: lines(data.label, plainAddress(data.url)) }
  },
  summary: ({ label }) => label || 'No text yet',
})
