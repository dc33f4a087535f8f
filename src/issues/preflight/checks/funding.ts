import type { Check } from '../subject.js'

/** The funder's emblem beside the statement, which the EU asks for on everything for the public (Regulation (EU) 2021/1060, Annex IX). */
export const funding: Check = ({ content }) =>
  content.blocks.flatMap((block) => {
    if (block.kind !== 'footer' || block.content.fundingStatement === '' || block.content.emblemUrl !== '')
      return []
    const message =
      'The footer names the funder without its emblem. EU funding asks for both: add the emblem.'
    return [{ severity: 'warning', blockId: block.id, field: 'emblemUrl', message }]
  })
