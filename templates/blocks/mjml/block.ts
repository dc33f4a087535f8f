import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { code } from '../../../src/rendering/blocks/fields.js'
import { wordsOf } from '../../../src/rendering/blocks/words.js'

export const mjml = defineBlock({
  label: 'Custom MJML',
  icon: 'code-xml',
  says: 'For those who write MJML',
  group: 'Experts',
  schema: z.object({
    mjml: code('MJML', { hint: 'One or more <mj-section> elements. Merge fields work here too.' }),
  }),
  // Its plain text is read off the compiled HTML.
  view: (content, { hide }) => ({ data: { mjml: hide.plain('mjml', content.mjml) }, text: '' }),
  summary: (content) => wordsOf(content.mjml) || 'Empty',
})
