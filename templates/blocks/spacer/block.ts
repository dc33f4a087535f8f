import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { choice } from '../../../src/rendering/blocks/fields.js'

const HEIGHTS = { small: 16, medium: 32, large: 56 } as const

export const spacer = defineBlock({
  label: 'Room',
  icon: 'move-vertical',
  says: 'Nothing, so that the rest can breathe',
  group: 'Order',
  schema: z.object({
    size: choice('How much', [
      ['small', 'A little'],
      ['medium', 'Some'],
      ['large', 'A lot'],
    ]),
  }),
  view: ({ size }) => ({ data: { height: `${HEIGHTS[size]}px` }, text: '' }),
  summary: ({ size }) => ({ small: 'A little', medium: 'Some', large: 'A lot' })[size],
})
