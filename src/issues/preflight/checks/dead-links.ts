import { quoted } from '../finding.js'
import { canBeTried, triedAddress } from '../links.js'
import type { Check } from '../subject.js'

/** Links that did not work when they were tried. */
export const deadLinks: Check = ({ links, known }) =>
  links.filter(canBeTried).flatMap(({ url, blockId, field }) => {
    const found = known.links.get(triedAddress(url))?.facts
    if (!found || found.state === 'good') return []
    const begin = `The link to ${quoted(url)}`
    const message =
      found.state === 'doubtful'
        ? `${begin} could not be tried well: ${inSentence(found.says)} Open it yourself.`
        : `${begin} does not work: ${inSentence(found.says)} Mend it or take it out.`
    return [{ severity: 'warning', blockId, field, message }]
  })

function inSentence(says: string): string {
  return says.charAt(0).toLowerCase() + says.slice(1)
}
