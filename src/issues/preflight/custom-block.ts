import type { IssueContent } from '../../rendering/issue-content.js'

/** Where something is mended that only custom MJML can do wrong: its block, if there is just one. */
export function customBlockOf({ blocks }: Pick<IssueContent, 'blocks'>): {
  blockId?: string
  field?: string
} {
  const custom = blocks.filter(({ kind }) => kind === 'mjml')
  const [only] = custom
  return only && custom.length === 1 ? { blockId: only.id, field: 'mjml' } : {}
}
