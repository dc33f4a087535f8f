import type { NewBlock } from '../../issues/insert-blocks.js'
import { newBlockContent } from '../../rendering/blocks.js'

/** The sample issue's blocks between masthead and footer, built from the ids of the sample news in their order. */
export function sampleBlocks(newsIds: readonly string[]): NewBlock[] {
  const leads = newsIds.slice(0, 3).map(
    (newsItemId): NewBlock => ({
      kind: 'lead-story',
      content: { ...newBlockContent('lead-story'), newsItemId, linkLabel: 'Read more' },
    }),
  )
  return [
    {
      kind: 'text',
      content: {
        html:
          '<p>Dear <<contact.FIRSTNAME | default: "reader">>,</p>' +
          '<p>Makers’ Quarter brings small creative firms and the cities they live in to one table. Two years of talks in five regions have shown what is missing most: room to work, somebody to ask, and a reason to stay.</p>' +
          '<p><<#if contact.CITY>>There is news from near <<contact.CITY>>, too. <</if>>Start with the five regional plans: they say what each city will do, and when.</p>',
      },
    },
    { kind: 'heading', content: { text: '2026', style: 'year' } },
    { kind: 'heading', content: { text: 'The first stage is complete', style: 'banner' } },
    ...leads,
    { kind: 'heading', content: { text: 'What happens next', style: 'section' } },
    {
      kind: 'text',
      content: {
        html: '<p>From April on, the plans are put to the test. Each region tries two measures with real firms, keeps the one that helps, and tells the others honestly about the one that does not.</p><p>We will report here every second month.</p>',
      },
    },
    {
      kind: 'button',
      content: { label: 'Read the five plans', url: 'https://makers-quarter.example/plans' },
    },
    {
      kind: 'news-list',
      content: {
        ...newBlockContent('news-list'),
        title: 'Latest news',
        newsItemIds: newsIds.slice(3),
        columns: 2,
        linkLabel: '>>>',
      },
    },
    {
      kind: 'closing',
      content: {
        tagline: 'Room to work, somebody to ask, a reason to stay.',
        name: 'Makers’ Quarter',
        url: 'https://makers-quarter.example',
      },
    },
  ]
}
