import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'

export const divider = defineBlock({
  label: 'Divider',
  icon: 'minus',
  says: 'A thin line',
  group: 'Order',
  schema: z.object({}),
  view: () => ({ data: {}, text: '' }),
  summary: () => 'A thin line',
})
