import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** Where the footer stands: every other block stays before it. */
export async function footerPosition(tx: Tx, issueId: string): Promise<number> {
  const rows = await tx
    .selectFrom('block')
    .select(['kind', 'position'])
    .where('issue_id', '=', issueId)
    .execute()
  const footer = rows.find((row) => row.kind === 'footer')
  return footer?.position ?? Math.max(-1, ...rows.map((row) => row.position)) + 1
}

/** Moves the blocks from a position onward one further. */
export async function makeRoom(tx: Tx, issueId: string, position: number): Promise<void> {
  await tx
    .updateTable('block')
    .set((eb) => ({ position: eb('position', '+', 1) }))
    .where('issue_id', '=', issueId)
    .where('position', '>=', position)
    .execute()
}

/** Numbers the blocks of an issue 0, 1, 2 … in their order. */
export async function closeGaps(tx: Tx, issueId: string): Promise<void> {
  await sql`
    update block set position = ranked.rank
    from (select id, row_number() over (order by position) - 1 as rank from block where issue_id = ${issueId}) ranked
    where block.id = ranked.id and block.position <> ranked.rank`.execute(tx)
}
