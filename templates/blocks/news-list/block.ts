import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { columns, line, newsItems, toggle } from '../../../src/rendering/blocks/fields.js'
import { goneItems } from '../../../src/rendering/blocks/rules.js'
import { foreign, lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

// Such a link stays on one line.
const SHORT_LABEL = 12

export const newsList = defineBlock({
  label: 'News list',
  icon: 'list',
  says: 'Many news items, in one or two columns',
  group: 'News',
  schema: z.object({
    title: line('Heading over the list'),
    newsItemIds: newsItems('News items'),
    columns: columns('Columns', [
      [1, 'One column'],
      [2, 'Two columns'],
    ]),
    showSummaries: toggle('Show the summaries'),
    linkLabel: line('Text of each link', { most: 100, initial: '>>>' }),
  }),
  heading: ({ title }) => (title === '' ? null : 'section'),
  rules: ({ newsItemIds, linkLabel }, items) => [
    ['newsItemIds', newsItemIds.length === 0, 'Choose the news items for this list.'],
    ['linkLabel', linkLabel === '', 'Give the links a text, such as “Read more”.'],
    goneItems('newsItemIds', newsItemIds, items),
  ],
  newsIds: ({ newsItemIds }) => newsItemIds,
  view: (content, { hide, level, newsItems: known, language }) => {
    const label = hide.plain('linkLabel', content.linkLabel)
    const isSaid = /[\p{L}\p{N}]/u.test(content.linkLabel)
    const items = content.newsItemIds.flatMap((id) => {
      const item = known[id]
      if (!item) return []
      const url = hide.plain('newsItemIds', item.url)
      const title = hide.plain('newsItemIds', item.title)
      return [
        {
          title,
          url,
          summary: content.showSummaries ? hide.rich('newsItemIds', item.summaryHtml) : '',
          region: hide.plain('newsItemIds', item.region),
          foreign: foreign(item, language),
          label: url ? label : '',
          // What can be read aloud begins with what can be seen (WCAG 2.5.3); signs such as >>> cannot.
          name: isSaid ? `${label}: ${title}` : title,
        },
      ]
    })
    const half = Math.ceil(items.length / 2)
    const sides = content.columns === 2 ? [items.slice(0, half), items.slice(half)] : [items]
    const shown = sides.filter((side) => side.length > 0)
    const title = hide.plain('title', content.title)
    const entries = items.map((item) =>
      lines(
        [item.title, item.label].filter(Boolean).join(' '),
        richTextToPlain(item.summary),
        plainAddress(item.url),
      ),
    )
    return {
      data: {
        title,
        columns: shown,
        isSplit: shown.length > 1,
        level,
        isShortLabel: label.length <= SHORT_LABEL,
      },
      text: paragraphs(title, ...entries),
    }
  },
  summary: ({ title, newsItemIds }) => {
    const count = newsItemIds.length
    const items = `${count} news ${count === 1 ? 'item' : 'items'}`
    return title ? `${title} · ${items}` : items
  },
})
