import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { rich } from '../../../src/rendering/blocks/fields.js'
import { isEmptyRich, wordsOf } from '../../../src/rendering/blocks/words.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

export const text = defineBlock({
  label: 'Text',
  icon: 'text',
  says: 'Paragraphs, lists and links',
  group: 'Words',
  schema: z.object({ html: rich('Text') }),
  rules: ({ html }) => [['html', isEmptyRich(html), 'This text is empty.', 'warning']],
  view: (content, { hide }) => {
    const html = hide.rich('html', content.html)
    return { data: { html }, text: richTextToPlain(html) }
  },
  summary: ({ html }) => wordsOf(html) || 'Empty',
})
