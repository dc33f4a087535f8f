import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { line, rich } from '../../../src/rendering/blocks/fields.js'
import { isEmptyRich, lines, wordsOf } from '../../../src/rendering/blocks/words.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

export const quote = defineBlock({
  label: 'Quote',
  icon: 'quote',
  says: 'What somebody said, and who',
  group: 'Words',
  schema: z.object({
    words: rich('What was said'),
    name: line('Who said it', { isName: true }),
    role: line('Their role'),
  }),
  rules: ({ words, name }) => [
    ['words', isEmptyRich(words), 'Write what was said.'],
    ['name', name === '', 'Say whose words these are.', 'warning'],
  ],
  view: (content, { hide }) => {
    const data = {
      words: hide.rich('words', content.words),
      name: hide.plain('name', content.name),
      role: hide.plain('role', content.role),
    }
    const who = [data.name, data.role].filter(Boolean).join(', ')
    return { data: { ...data, who }, text: lines(richTextToPlain(data.words), who && `— ${who}`) }
  },
  summary: ({ words, name }) => [wordsOf(words), name].filter(Boolean).join(' — ') || 'Empty',
})
