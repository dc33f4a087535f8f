import type { Organisation } from '../../db/tables/organisation.js'
import { newBlockContent } from '../rendering/blocks.js'
import { type BuiltInDesignId, DEFAULT_DESIGN, isBuiltIn } from '../rendering/designs.js'
import type { NewBlock } from './insert-blocks.js'

/** What a new issue starts with: a masthead, what suits its design, and the locked footer filled from the organisation. */
export function startingBlocks(sender: Organisation, design: string = DEFAULT_DESIGN): NewBlock[] {
  return [
    {
      kind: 'masthead',
      content: {
        ...newBlockContent('masthead'),
        name: sender.name,
        logoUrl: sender.logo_url,
        logoAlt: sender.logo_alt,
      },
    },
    ...MIDDLES[isBuiltIn(design) ? design : DEFAULT_DESIGN],
    {
      kind: 'footer',
      content: {
        ...newBlockContent('footer'),
        organisation: sender.name,
        address: sender.address,
        reason: sender.reason,
        copyright: sender.copyright,
        fundingStatement: sender.funding_statement,
        emblemUrl: sender.emblem_url,
        emblemAlt: sender.emblem_alt,
      },
    },
  ]
}

const text = (html = ''): NewBlock => ({ kind: 'text', content: { ...newBlockContent('text'), html } })
const SALUTATION = '<p>Dear &lt;&lt;contact.FIRSTNAME | default: "reader"&gt;&gt;,</p>'

const MIDDLES: Readonly<Record<BuiltInDesignId, readonly NewBlock[]>> = {
  project: [text()],
  digest: [
    { kind: 'news-list', content: { ...newBlockContent('news-list'), title: 'In short', columns: 1 } },
    { kind: 'agenda', content: { ...newBlockContent('agenda'), title: 'Dates' } },
  ],
  invitation: [
    text(),
    { kind: 'agenda', content: newBlockContent('agenda') },
    { kind: 'button', content: { ...newBlockContent('button'), label: 'Register' } },
  ],
  letter: [text(SALUTATION), { kind: 'closing', content: newBlockContent('closing') }],
}
