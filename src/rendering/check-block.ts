import type { NewsItems } from './blocks/define-block.js'
import { type Block, definitionOf } from './blocks.js'
import type { Problem } from './issue-content.js'

/** What is still missing from a block, or would not work in a mail. */
export function checkBlock({ id, kind, content }: Block, newsItems: NewsItems): Problem[] {
  const rules = definitionOf(kind).rules?.(content, newsItems) ?? []
  return rules
    .filter(([, isBroken]) => isBroken)
    .map(([field, , message, severity = 'error']) => {
      return { severity, blockId: id, field, line: null, column: null, message }
    })
}
