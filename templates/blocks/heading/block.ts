import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { choice, line } from '../../../src/rendering/blocks/fields.js'

export const heading = defineBlock({
  label: 'Heading',
  icon: 'heading',
  says: 'The name of the part that follows',
  group: 'Words',
  schema: z.object({
    text: line('Heading'),
    style: choice('Look', [
      ['section', 'Section'],
      ['banner', 'Coloured band'],
      ['year', 'Large year'],
    ]),
  }),
  heading: ({ text }) => (text === '' ? null : 'section'),
  rules: ({ text }) => [['text', text === '', 'This heading is empty.']],
  view: (content, { hide, level }) => {
    const text = hide.plain('text', content.text)
    return { data: { text, [content.style]: true, level }, text }
  },
  summary: ({ text }) => text || 'Empty',
})
