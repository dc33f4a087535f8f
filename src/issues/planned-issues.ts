import type { Issue } from '../../db/tables/issue.js'
import type { Context } from '../context.js'

/** An issue in the calendar: `at` when it goes or went out, or `on` which day a draft is meant to. */
export type PlannedIssue = Pick<Issue, 'id' | 'title' | 'status' | 'own_time'> & {
  at: Date | null
  on: string | null
}

type Span = {
  /** Moments: the first that counts, and the first that no longer does. */
  from: Date
  to: Date
  /** The days that these are, first and last. */
  firstDay: string
  lastDay: string
}

/** What has a place in the calendar in a span of time, the earliest first: what is scheduled, being sent or sent, and drafts with a planned day. */
export async function plannedIssues(
  { db }: Pick<Context, 'db'>,
  { from, to, firstDay, lastDay }: Span,
): Promise<PlannedIssue[]> {
  const timed = db
    .selectFrom('issue')
    .select(['id', 'title', 'status', 'own_time'])
    .select(({ fn }) => fn.coalesce('released_at', 'send_at').as('at'))
    .where('status', 'in', ['scheduled', 'sending', 'paused', 'sent'])
    .where(({ and, or, eb, fn, val }) => {
      const at = fn.coalesce('released_at', 'send_at')
      const day = fn<string>('left', ['own_time', val(10)])
      return or([
        and([eb('own_time', 'is', null), eb(at, '>=', from), eb(at, '<', to)]),
        // What follows each reader's clock begins where the day begins first, and stands on the day that it names.
        and([eb(day, '>=', firstDay), eb(day, '<=', lastDay)]),
      ])
    })
    .orderBy('at')
    .orderBy('id')
  const drafts = db
    .selectFrom('issue')
    .select(['id', 'title', 'status', 'own_time', 'planned_on'])
    .where('status', '=', 'draft')
    .where('planned_on', '>=', firstDay)
    .where('planned_on', '<=', lastDay)
    .orderBy('planned_on')
    .orderBy('id')
  const [sent, planned] = await Promise.all([timed.execute(), drafts.execute()])
  return [
    ...planned.map(({ planned_on: on, ...issue }) => ({ ...issue, at: null, on })),
    ...sent.map((issue) => ({ ...issue, on: null })),
  ]
}
