import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { line, newsItems, toggle } from '../../../src/rendering/blocks/fields.js'
import { goneItems } from '../../../src/rendering/blocks/rules.js'
import { foreign, lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

const A_ROW = 2

export const stories = defineBlock({
  label: 'Stories side by side',
  icon: 'columns-2',
  says: 'Two news items in a row, with pictures',
  group: 'News',
  schema: z.object({
    newsItemIds: newsItems('News items', { most: 12 }),
    showPictures: toggle('Show the pictures', true),
    showSummaries: toggle('Show the summaries', true),
    linkLabel: line('Text of each link', { most: 100, initial: startingWords.readMore }),
  }),
  heading: ({ newsItemIds }, known) => (newsItemIds.some((id) => known[id]) ? 'story' : null),
  rules: ({ newsItemIds, showPictures, linkLabel }, known) => [
    ['newsItemIds', newsItemIds.length === 0, 'Choose the news items, two for each row.'],
    [
      'newsItemIds',
      newsItemIds.length % A_ROW === 1,
      'An odd number leaves half a row empty: add one or take one out.',
      'warning',
    ],
    goneItems('newsItemIds', newsItemIds, known),
    [
      'newsItemIds',
      showPictures && newsItemIds.some((id) => known[id]?.imageUrl && !known[id]?.imageAlt),
      'A picture of these news items has no description. Add it in the library.',
    ],
    ['linkLabel', linkLabel === '', 'Give the links a text, such as “Read more”.'],
  ],
  newsIds: ({ newsItemIds }) => newsItemIds,
  view: (content, { hide, level, newsItems: known, language }) => {
    const label = hide.plain('linkLabel', content.linkLabel)
    const shown = content.newsItemIds.filter((id) => known[id])
    const items = shown.flatMap((id, at) => {
      const item = known[id]
      if (!item) return []
      return [
        {
          // A mail has one main heading only.
          level: at > 0 ? Math.max(level, 2) : level,
          title: hide.plain('newsItemIds', item.title),
          url: hide.plain('newsItemIds', item.url),
          summary: content.showSummaries ? hide.rich('newsItemIds', item.summaryHtml) : '',
          region: hide.plain('newsItemIds', item.region),
          imageUrl: content.showPictures ? item.imageUrl : '',
          imageAlt: item.imageAlt,
          foreign: foreign(item, language),
        },
      ]
    })
    const pairs = items.flatMap((item, at) => (at % A_ROW === 0 ? [items.slice(at, at + A_ROW)] : []))
    const texts = items.map((item) =>
      lines(
        item.region,
        item.title,
        richTextToPlain(item.summary),
        item.url && label,
        plainAddress(item.url),
      ),
    )
    return { data: { pairs, linkLabel: label }, text: paragraphs(...texts) }
  },
  summary: ({ newsItemIds }, titleOf) =>
    newsItemIds.map((id) => titleOf(id) ?? 'gone').join(' · ') || 'No news items chosen yet',
})
