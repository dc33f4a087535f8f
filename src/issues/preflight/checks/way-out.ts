import type { Template } from '../../../rendering/merge/template.js'
import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** The unsubscribe link, in both parts of the mail, whatever the reader is like. */
export const wayOut: Check = ({ edition, content }) => {
  const footer = content.blocks.find(({ kind }) => kind === 'footer')
  const parts: [name: string, template: Template][] = [
    ['mail', edition.html],
    ['plain text', edition.text],
  ]
  return parts
    .filter(([, template]) => !holdsLink(template))
    .map(
      ([name]): Remark => ({
        severity: 'error',
        blockId: footer?.id ?? null,
        field: footer ? 'unsubscribeLabel' : 'blocks',
        message: `The ${name} has no unsubscribe link for every reader. Give the issue the footer that has one.`,
      }),
    )
}

function holdsLink(template: Template): boolean {
  return template.some((node) => {
    if (typeof node === 'string') return false
    if ('field' in node) return node.field === 'links.UNSUBSCRIBE'
    return holdsLink(node.then) && holdsLink(node.else)
  })
}
