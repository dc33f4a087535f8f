import { bareFields } from '../author-texts.js'
import type { Check } from '../subject.js'

/** Merge fields that leave a gap for part of the real audience. */
export const emptyFields: Check = ({ texts, content, known }) => {
  const audience = known.audience?.facts
  if (!audience || audience.recipients === 0) return []
  return bareFields(texts, content.fields).flatMap(({ name, blockId, field }) => {
    const without = audience.empty[name] ?? 0
    if (without === 0) return []
    const who = `${people(without)} of ${audience.recipients.toLocaleString('en-GB')}`
    return [
      {
        severity: 'warning',
        blockId,
        field,
        message: `${who} ${without === 1 ? 'has' : 'have'} no ${name}: there it leaves a gap. Give it a default, such as <<contact.${name} | default: "…">>, or put the sentence between <<#if contact.${name}>> and <</if>>.`,
      },
    ]
  })
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en-GB')} people`
}
