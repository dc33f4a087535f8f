import type { Issue } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { type CanaryCounts, canaryCounts } from './canary-counts.js'

/** Who gets an issue first and how that goes; `status` is null before it is released. */
export type CanaryState = CanaryCounts & {
  status: Issue['canary_status']
  /** Null: a part of all readers, `percent`. */
  listName: string | null
  percent: number | null
  limitPercent: number
  /** Whether the part tries subjects, too. */
  triesSubjects: boolean
}

/** How the canary of an issue stands; null for an issue that goes to everybody at once. */
export async function canaryState({ db }: Pick<Context, 'db'>, issueId: string): Promise<CanaryState | null> {
  const issue = await db
    .selectFrom('issue')
    .select(['canary', 'canary_status', 'subject_test'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (!issue?.canary) return null
  const { listId, percent, limitPercent } = issue.canary
  const list = listId
    ? await db.selectFrom('list').select('name').where('id', '=', listId).executeTakeFirst()
    : undefined
  const listName = listId ? (list?.name ?? 'a list that is gone') : null
  return {
    ...(await canaryCounts({ db }, issueId)),
    status: issue.canary_status,
    listName,
    percent,
    limitPercent,
    triesSubjects: issue.subject_test !== null,
  }
}
