import { CANIEMAIL } from '../client-support/caniemail-facts.js'
import { usedFeatures } from '../client-support/used-features.js'
import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/**
 * What custom MJML and pictures ask of mail programs that some of them do not know, by the data of caniemail.com. Our own templates use
 * only what degrades well, so only what authors write themselves is looked at.
 */
export const clientSupport: Check = ({ content, page }) => {
  const custom = content.blocks.flatMap((block) =>
    block.kind === 'mjml' ? remarksOn(block.content.mjml, { blockId: block.id, field: 'mjml' }) : [],
  )
  const pictures = page.images.map(({ src }) => `<img src="${src.replace(/"/g, '')}">`).join('')
  const known = new Set(custom.map(({ message }) => message))
  return [...custom, ...remarksOn(pictures, {}).filter(({ message }) => !known.has(message))]
}

function remarksOn(source: string, place: Pick<Remark, 'blockId' | 'field'>): Remark[] {
  return usedFeatures(source).map((name) => {
    const { title, missing } = CANIEMAIL[name]
    return {
      severity: 'warning',
      ...place,
      message: `${title} does nothing in ${listed(missing)}. Make sure that the mail reads well without.`,
    }
  })
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}
