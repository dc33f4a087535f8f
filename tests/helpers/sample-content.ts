import { sampleBlocks } from '../../src/cli/sample/issue.js'
import { sampleNews } from '../../src/cli/sample/news.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { type Block, newBlockContent } from '../../src/rendering/blocks.js'
import { builtInDesign } from '../../src/rendering/designs.js'
import type { IssueContent } from '../../src/rendering/issue-content.js'
import type { MergeValues } from '../../src/rendering/merge/template.js'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const sampleFooter: Block = {
  id: id(999),
  kind: 'footer',
  content: {
    ...newBlockContent('footer'),
    organisation: sampleOrganisation.name,
    address: sampleOrganisation.address,
    reason: sampleOrganisation.reason,
    copyright: sampleOrganisation.copyright,
    fundingStatement: sampleOrganisation.funding_statement,
  },
}

/** The sample issue ready to compile; pass other blocks to try them between masthead and footer. */
export function sampleContent(blocks?: Block[]): IssueContent {
  const newsIds = sampleNews.map((_, index) => id(index + 1))
  const middle =
    blocks ?? (sampleBlocks(newsIds).map((block, index) => ({ ...block, id: id(100 + index) })) as Block[])
  const masthead: Block = {
    id: id(998),
    kind: 'masthead',
    content: {
      ...newBlockContent('masthead'),
      name: sampleOrganisation.name,
      tagline: 'Five regions, one table',
    },
  }
  return {
    language: 'en',
    direction: 'ltr',
    subject: 'Hello <<contact.FIRSTNAME | default: "reader">>: the plans are ready',
    preheader: 'Five regions, three stories, ten short notes',
    title: 'Spring issue',
    date: '2 March 2026',
    blocks: [masthead, ...middle, sampleFooter],
    newsItems: Object.fromEntries(
      sampleNews.map((item, index) => [newsIds[index], { ...item, id: newsIds[index] ?? '' }]),
    ),
    fields: ['FIRSTNAME', 'LASTNAME', 'CITY', 'WEBSITE'],
    brand: { name: sampleOrganisation.name, url: '', colours: { primary: '#0f4c5c', accent: '#b45309' } },
    design: builtInDesign('project'),
  }
}

/** A reader's values; `contact` replaces the fields. */
export function sampleValues(
  contact: Record<string, string> = { FIRSTNAME: 'Ada', CITY: 'Turku' },
): MergeValues {
  return {
    contact: { EMAIL: 'ada@example.org', ...contact },
    issue: { TITLE: 'Spring issue', SUBJECT: 'The plans are ready', DATE: '2 March 2026', LANGUAGE: 'en' },
    links: {
      UNSUBSCRIBE: 'https://news.example.org/u/token',
      PREFERENCES: 'https://news.example.org/p/token',
      WEBVIEW: 'https://news.example.org/w/token',
    },
  }
}
