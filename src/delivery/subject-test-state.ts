import type { DatabaseOrTx } from '../../db/database.js'
import { subjectLetter } from '../issues/subject-test.js'
import { type SubjectCount, subjectCounts } from './subject-counts.js'

/** How the subjects of an issue do; `isRunning` while somebody may still choose. */
export type SubjectTestState = {
  subjects: (SubjectCount & { letter: string; subject: string; isChosen: boolean })[]
  percent: number
  hours: number
  isRunning: boolean
  /** When the clicks decide; null: before the part has been sent to, or when that is over. */
  decidesAt: Date | null
}

/** How the subject test of an issue stands; null for an issue with one subject for everybody. */
export async function subjectTestState(db: DatabaseOrTx, issueId: string): Promise<SubjectTestState | null> {
  const issue = await db
    .selectFrom('issue')
    .select(['subject', 'subject_test', 'canary', 'canary_status', 'subject_decides_at', 'subject_winner'])
    .select('status')
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (!issue?.subject_test) return null
  const { subjects, hours } = issue.subject_test
  const all = [issue.subject, ...subjects]
  const counts = await subjectCounts(db, { issueId, subjects: all.length })
  const isRunning = issue.canary_status === 'running' && ['sending', 'paused'].includes(issue.status)
  return {
    subjects: counts.map((count) => ({
      ...count,
      letter: subjectLetter(count.variant),
      subject: all[count.variant] ?? '',
      isChosen: issue.subject_winner === count.variant,
    })),
    percent: issue.canary?.percent ?? 0,
    hours,
    isRunning,
    decidesAt: isRunning ? issue.subject_decides_at : null,
  }
}
