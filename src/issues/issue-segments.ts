import { type RawBuilder, sql } from 'kysely'
import type { DatabaseOrTx, Tx } from '../../db/database.js'
import type { IssueSegment as IssueSegmentRow } from '../../db/tables/issue-segment.js'
import { matchesSegment } from '../audience/segments/matches-segment.js'
import { segmentFacts } from '../audience/segments/segment-facts.js'
import { type Group, SegmentTree } from '../audience/segments/segment-tree.js'

/** That only the people in a segment get an issue, or nobody in it. */
export type SegmentRule = { segmentId: string; rule: IssueSegmentRow['rule'] }

/** A rule with the segment that it is about: as it was when the issue was scheduled, else as it is now. */
export type IssueSegment = SegmentRule & { name: string; tree: Group }

/** The segments that an issue takes or leaves out, by name. */
export async function issueSegments(db: DatabaseOrTx, issueId: string): Promise<IssueSegment[]> {
  const rows = await db
    .selectFrom('issue_segment')
    .innerJoin('segment', 'segment.id', 'issue_segment.segment_id')
    .select(['segment_id', 'rule', 'name', 'issue_segment.tree as frozen', 'segment.tree as present'])
    .where('issue_id', '=', issueId)
    .orderBy('name')
    .orderBy('segment_id')
    .execute()
  return rows.map(({ segment_id: segmentId, rule, name, frozen, present }) => ({
    segmentId,
    rule,
    name,
    tree: SegmentTree.parse(frozen ?? present),
  }))
}

/** Whether the person `p` is among those whom an issue's segments leave, as of a moment; null for an issue without segments. */
export async function segmentsLeave(
  db: DatabaseOrTx,
  issueId: string,
  asOf: Date,
): Promise<RawBuilder<boolean> | null> {
  const rules = await issueSegments(db, issueId)
  if (rules.length === 0) return null
  const facts = await segmentFacts(db, asOf)
  const conditions = rules.map(({ rule, tree }) =>
    rule === 'only' ? sql`${matchesSegment(tree, facts)}` : sql`not (${matchesSegment(tree, facts)})`,
  )
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** Gives an issue these rules in the place of those that it had; a segment that is gone is left out. */
export async function chooseSegments(tx: Tx, issueId: string, rules: readonly SegmentRule[]): Promise<void> {
  await tx.deleteFrom('issue_segment').where('issue_id', '=', issueId).execute()
  if (rules.length === 0) return
  const known = await tx
    .selectFrom('segment')
    .select('id')
    .where(
      'id',
      'in',
      rules.map(({ segmentId }) => segmentId),
    )
    .execute()
  const ids = new Set(known.map(({ id }) => id))
  const bySegment = new Map(rules.map(({ segmentId, rule }) => [segmentId, rule]))
  const rows = [...bySegment]
    .filter(([id]) => ids.has(id))
    .map(([segment_id, rule]) => ({ issue_id: issueId, segment_id, rule }))
  if (rows.length > 0) await tx.insertInto('issue_segment').values(rows).execute()
}

/** Keeps an issue's segments as they are now, so that whoever edits one later changes nothing about it. */
export async function freezeSegments(tx: Tx, issueId: string): Promise<void> {
  await sql`
    update issue_segment set tree = segment.tree from segment
    where segment.id = issue_segment.segment_id and issue_segment.issue_id = ${issueId}`.execute(tx)
}

/** Lets an issue's segments be what they are at present again. */
export async function thawSegments(tx: Tx, issueId: string): Promise<void> {
  await tx.updateTable('issue_segment').set({ tree: null }).where('issue_id', '=', issueId).execute()
}
