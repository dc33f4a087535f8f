import type { Problem } from './issue-content.js'
import type { FieldNode, Template } from './merge/template.js'

// A signed link of ours; Gmail counts what arrives, not what we compiled.
const LINK_BYTES = 200
const VALUE_BYTES = 32
const LARGE_BYTES = 80_000
const TOO_LARGE_BYTES = 100_000

/** How many bytes of UTF-8 a mail from this template has: fixed text exactly, the longer branch of each condition, values by their usual length. */
export function templateBytes(template: Template): number {
  return template.reduce((sum, node) => {
    if (typeof node === 'string') return sum + Buffer.byteLength(node)
    if ('field' in node) return sum + valueBytes(node)
    return sum + Math.max(templateBytes(node.then), templateBytes(node.else))
  }, 0)
}

function valueBytes({ field, fallback }: FieldNode): number {
  return field.startsWith('links.') ? LINK_BYTES : Math.max(VALUE_BYTES, Buffer.byteLength(fallback))
}

/** Says when a mail grows towards the 102 KB where Gmail cuts it off, and with it the unsubscribe link. */
export function checkSize(bytes: number): Problem[] {
  if (bytes <= LARGE_BYTES) return []
  const size = `This issue has ${Math.round(bytes / 1000)} KB.`
  const place = { blockId: null, field: 'blocks', line: null, column: null }
  return bytes > TOO_LARGE_BYTES
    ? [
        {
          severity: 'error',
          ...place,
          message: `${size} Gmail cuts mails at 102 KB: shorten it or split it in two.`,
        },
      ]
    : [
        {
          severity: 'warning',
          ...place,
          message: `${size} Gmail cuts mails at 102 KB: better keep it below 80 KB.`,
        },
      ]
}
