import type { DatabaseOrTx } from '../../../db/database.js'
import { type ThreadStatus, threadStatus } from './thread-status.js'

/** One comment with the name of who wrote it; null for the command line and for accounts that are gone. */
export type WrittenComment = { id: string; body: string; by: string | null; writtenAt: Date }

export type Thread = {
  id: string
  /** The block that it is about, which may have been removed; null: the issue as a whole. */
  blockId: string | null
  /** What kind of block that is or was. */
  about: string
  status: ThreadStatus
  resolvedAt: Date | null
  resolvedBy: string | null
  /** What began it, then the answers in their order. */
  comments: WrittenComment[]
}

/** Every thread of an issue, oldest first. */
export async function commentThreads({ db }: { db: DatabaseOrTx }, issueId: string): Promise<Thread[]> {
  const rows = await db
    .selectFrom('comment')
    .leftJoin('account as author', 'author.id', 'comment.account_id')
    .leftJoin('account as resolver', 'resolver.id', 'comment.resolved_by')
    .selectAll('comment')
    .select(['author.name as by', 'resolver.name as resolvedBy'])
    .where('issue_id', '=', issueId)
    .orderBy('no')
    .execute()
  const written = ({ id, body, by, written_at }: (typeof rows)[number]): WrittenComment => {
    return { id, body, by, writtenAt: written_at }
  }
  return rows
    .filter(({ thread_id }) => thread_id === null)
    .map((row) => ({
      id: row.id,
      blockId: row.block_id,
      about: row.about,
      status: threadStatus(row),
      resolvedAt: row.resolved_at,
      resolvedBy: row.resolvedBy,
      comments: [written(row), ...rows.filter(({ thread_id }) => thread_id === row.id).map(written)],
    }))
}
