import type { DatabaseOrTx } from '../../../db/database.js'
import type { Segment as SegmentRow } from '../../../db/tables/segment.js'
import { NotFoundError } from '../../errors.js'
import { type Group, SegmentTree } from './segment-tree.js'

export type Segment = Omit<SegmentRow, 'tree'> & { tree: Group }

/** Every segment in use, by name. */
export async function segments({ db }: { db: DatabaseOrTx }): Promise<Segment[]> {
  const rows = await db
    .selectFrom('segment')
    .selectAll()
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(withTree)
}

/** One segment, in use or not; throws `NotFoundError`. */
export async function findSegment({ db }: { db: DatabaseOrTx }, id: string): Promise<Segment> {
  const row = await db.selectFrom('segment').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFoundError('There is no such segment.')
  return withTree(row)
}

function withTree(row: SegmentRow): Segment {
  return { ...row, tree: SegmentTree.parse(row.tree) }
}
