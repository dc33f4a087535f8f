import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { alt, line, pictureAddress, rich } from '../../../src/rendering/blocks/fields.js'
import { link } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

export const masthead = defineBlock({
  label: 'Masthead',
  icon: 'panel-top',
  says: 'Name, logo and a few words of welcome',
  group: 'Order',
  schema: z.object({
    name: line('Name of the newsletter', { isName: true }),
    tagline: line('Tagline'),
    logoUrl: pictureAddress('Address of the logo', 'logoAlt'),
    logoAlt: alt('What the logo shows'),
    introduction: rich('Words of welcome'),
  }),
  heading: ({ name }) => (name === '' ? null : 'masthead'),
  rules: ({ name, logoUrl, logoAlt }) => [
    ['name', name === '', 'Say whose newsletter this is.'],
    ['logoAlt', logoUrl !== '' && logoAlt === '', 'Describe the logo for people who do not see it.'],
    link('logoUrl', logoUrl),
  ],
  view: (content, { hide, level }) => {
    const name = hide.plain('name', content.name)
    const tagline = hide.plain('tagline', content.tagline)
    const introduction = hide.rich('introduction', content.introduction)
    const { logoUrl, logoAlt } = content
    return {
      data: { name, tagline, introduction, logoUrl, logoAlt, level },
      text: paragraphs(lines(name, tagline), richTextToPlain(introduction)),
    }
  },
  summary: ({ name }) => name,
})
