import type { Organisation } from '../../db/tables/organisation.js'
import { newBlockContent } from '../rendering/blocks.js'
import type { NewBlock } from './insert-blocks.js'

/** What a new issue starts with: a masthead, room for a text, and the locked footer filled from the organisation. */
export function startingBlocks(sender: Organisation, _design = 'project'): NewBlock[] {
  return [
    { kind: 'masthead', content: { ...newBlockContent('masthead'), name: sender.name } },
    { kind: 'text', content: newBlockContent('text') },
    {
      kind: 'footer',
      content: {
        ...newBlockContent('footer'),
        organisation: sender.name,
        address: sender.address,
        reason: sender.reason,
        copyright: sender.copyright,
        fundingStatement: sender.funding_statement,
      },
    },
  ]
}
