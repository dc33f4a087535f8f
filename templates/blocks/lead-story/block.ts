import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, alt, line, newsItem, pictureAddress, rich } from '../../../src/rendering/blocks/fields.js'
import { link, picture } from '../../../src/rendering/blocks/rules.js'
import { foreign, lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'
import { richTextToPlain } from '../../../src/rendering/rich-text.js'

export const leadStory = defineBlock({
  label: 'Lead story',
  icon: 'star',
  says: 'One news item with picture, summary and link',
  group: 'News',
  schema: z.object({
    newsItemId: newsItem('News item'),
    title: line('Another title', { hint: 'Leave these empty to use what the news item says.' }),
    summary: rich('Another summary'),
    url: address('Another link'),
    imageUrl: pictureAddress('Another picture', 'imageAlt'),
    imageAlt: alt('What the picture shows'),
    linkLabel: line('Text of the link', { most: 100, initial: startingWords.readMore }),
  }),
  heading: ({ newsItemId, title }, newsItems) =>
    title || (newsItemId && newsItems[newsItemId]?.title) ? 'story' : null,
  rules: (content, newsItems) => {
    const { newsItemId, title, url, imageUrl, imageAlt, linkLabel } = content
    const item = newsItemId ? newsItems[newsItemId] : undefined
    const isUndescribed = item && imageUrl === '' && item.imageUrl !== '' && !(imageAlt || item.imageAlt)
    return [
      ['title', !newsItemId && title === '', 'Choose a news item or write a title.'],
      link('url', url),
      ...picture('imageUrl', imageUrl, { altField: 'imageAlt', alt: imageAlt }),
      ['linkLabel', linkLabel === '', 'Give the link a text, such as “Read more”.'],
      ['newsItemId', newsItemId !== null && !item, GONE],
      ['imageAlt', Boolean(isUndescribed), 'Describe the picture of this news item.'],
    ]
  },
  newsIds: ({ newsItemId }) => (newsItemId ? [newsItemId] : []),
  view: (content, { hide, level, newsItems, language }) => {
    const item = content.newsItemId ? newsItems[content.newsItemId] : undefined
    const data = {
      title: hide.plain('title', content.title || item?.title || ''),
      summary: hide.rich('summary', content.summary || item?.summaryHtml || ''),
      url: hide.plain('url', content.url || item?.url || ''),
      imageUrl: content.imageUrl || item?.imageUrl || '',
      imageAlt: content.imageAlt || item?.imageAlt || '',
      linkLabel: hide.plain('linkLabel', content.linkLabel),
      level,
      region: hide.plain('newsItemId', item?.region ?? ''),
      titleLanguage: content.title ? null : foreign(item, language),
      summaryLanguage: content.summary ? null : foreign(item, language),
    }
    const plain = [richTextToPlain(data.summary), data.url ? data.linkLabel : ''].filter(Boolean).join(' ')
    return {
      data,
      text: paragraphs(lines(data.region, data.title), lines(plain, plainAddress(data.url))),
    }
  },
  summary: ({ title, newsItemId }, titleOf) => title || (titleOf(newsItemId) ?? 'No news item chosen yet'),
})

const GONE =
  'The news item of this story is no longer in the library. Choose another one or remove this block.'
