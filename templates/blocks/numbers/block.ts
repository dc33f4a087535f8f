import { z } from 'zod'
import { defineBlock, type Rule } from '../../../src/rendering/blocks/define-block.js'
import { line, rows } from '../../../src/rendering/blocks/fields.js'
import { paragraphs } from '../../../src/rendering/blocks/words.js'

export const numbers = defineBlock({
  label: 'Numbers',
  icon: 'chart-no-axes-column',
  says: 'Up to four figures that say it all',
  group: 'Words',
  schema: z.object({
    title: line('Heading over the numbers'),
    figures: rows('Numbers', {
      row: 'number',
      most: 4,
      fields: {
        value: line('Number', { most: 12, hint: 'Short, such as 5 or 1,200 or 38 %.' }),
        label: line('What it counts', { most: 80 }),
      },
    }),
  }),
  heading: ({ title }) => (title === '' ? null : 'section'),
  rules: ({ figures }) => [
    ['figures', figures.length === 0, 'Add at least one number.'],
    ...figures.flatMap(({ value, label }, index): Rule[] => [
      [`figures.${index}.value`, value === '', 'Write the number.'],
      [`figures.${index}.label`, label === '', 'Say what it counts.'],
    ]),
  ],
  view: (content, { hide, level }) => {
    const title = hide.plain('title', content.title)
    const figures = content.figures.map(({ value, label }, index) => ({
      value: hide.plain(`figures.${index}.value`, value),
      label: hide.plain(`figures.${index}.label`, label),
    }))
    const texts = figures.map(({ value, label }) => [value, label].filter(Boolean).join(' '))
    const width = `${Math.floor(100 / Math.max(1, figures.length))}%`
    return { data: { title, figures, width, level }, text: paragraphs(title, ...texts) }
  },
  summary: ({ figures }) => figures.map(({ value }) => value).join(' · ') || 'No number yet',
})
