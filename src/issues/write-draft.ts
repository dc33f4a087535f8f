import type { Tx } from '../../db/database.js'
import type { DraftContent } from '../../db/tables/draft-step.js'
import { newId } from '../../db/uuid.js'
import { chooseSegments } from './issue-segments.js'
import { listsInUse } from './lists-in-use.js'

type Parts = Omit<DraftContent, 'fields'>

/** Writes lists, segments, blocks, languages and translations to an issue that has none of them; lists that are out of use by now are left out. */
export async function writeDraft(
  tx: Tx,
  issueId: string,
  { listIds, segments = [], blocks, languages, texts }: Parts,
): Promise<void> {
  const lists = await listsInUse(tx, listIds)
  const chosen = lists.map((list_id) => ({ issue_id: issueId, list_id }))
  if (chosen.length > 0) await tx.insertInto('issue_list').values(chosen).execute()
  await chooseSegments(tx, issueId, segments)
  const rows = blocks.map(({ id, kind, content }, position) => {
    return { id, issue_id: issueId, position, kind, content: JSON.stringify(content) }
  })
  if (rows.length > 0) await tx.insertInto('block').values(rows).execute()
  const tags = languages.map((one, position) => ({ issue_id: issueId, position, ...one }))
  if (tags.length > 0) await tx.insertInto('issue_language').values(tags).execute()
  const said = texts.map((one) => ({ ...one, texts: JSON.stringify(one.texts) }))
  if (said.length > 0) await tx.insertInto('block_text').values(said).execute()
}

/** The same content for another issue: its blocks, and what is said of them in other languages, under new ids. */
export function underNewIds(content: DraftContent, now: Date): DraftContent {
  const ids = new Map(content.blocks.map(({ id }) => [id, newId(now)]))
  const newOf = (id: string) => ids.get(id) ?? id
  return {
    ...content,
    blocks: content.blocks.map((block) => ({ ...block, id: newOf(block.id) })),
    texts: content.texts.map((text) => ({ ...text, block_id: newOf(text.block_id) })),
  }
}
