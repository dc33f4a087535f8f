import { type Expression, type SqlBool, sql } from 'kysely'
import { aboutPerson } from './people.js'
import type { SegmentFacts } from './segment-facts.js'
import type { Condition } from './segment-tree.js'

type LedgerCondition = Extract<Condition, { about: 'received' | 'issue' | 'refused' }>

/** Whether what the ledger knows of the mails to the person `p` fits. */
export function matchesLedger(condition: LedgerCondition, facts: SegmentFacts): Expression<SqlBool> {
  switch (condition.about) {
    case 'received':
      return matchesReceived(condition, facts)
    case 'issue':
      return matchesIssue(condition)
    case 'refused':
      return matchesRefused(condition, facts)
  }
}

function matchesReceived(
  { test, count, last }: Extract<Condition, { about: 'received' }>,
  { recent }: SegmentFacts,
): Expression<SqlBool> {
  const { eb } = aboutPerson()
  const got = lately(recent.slice(0, last))
    .where('d.status', '=', 'accepted')
    .select(({ fn }) => fn.countAll<number>().as('count'))
  return eb(got, test === 'at-least' ? '>=' : '<=', count)
}

function matchesRefused(
  { test, last }: Extract<Condition, { about: 'refused' }>,
  { recent }: SegmentFacts,
): Expression<SqlBool> {
  const { exists, not } = aboutPerson()
  const refused = exists(
    lately(recent.slice(0, last))
      .where(({ eb, or }) => or([eb('d.status', '=', 'rejected'), eb('d.bounced_at', 'is not', null)]))
      .select('d.issue_id'),
  )
  return test === 'some' ? refused : not(refused)
}

function matchesIssue({ test, issueId }: Extract<Condition, { about: 'issue' }>): Expression<SqlBool> {
  const { exists, not, selectFrom } = aboutPerson()
  const got = exists(
    selectFrom('delivery as d')
      .innerJoin('issue as sent', (join) =>
        join.onRef('sent.id', '=', 'd.issue_id').onRef('sent.ledger_month', '=', 'd.month'),
      )
      .select('d.issue_id')
      .where('d.issue_id', '=', issueId)
      .where('sent.id', '=', issueId)
      .whereRef('d.subscriber_id', '=', 'p.id')
      .where('d.status', '=', 'accepted'),
  )
  return test === 'got' ? got : not(got)
}

// Each issue with its month: a look at the primary key of one part of the ledger for each of them.
function lately(recent: SegmentFacts['recent']) {
  return aboutPerson()
    .selectFrom('delivery as d')
    .whereRef('d.subscriber_id', '=', 'p.id')
    .where(({ or, and, eb }) =>
      recent.length === 0
        ? sql<boolean>`false`
        : or(recent.map(({ id, month }) => and([eb('d.issue_id', '=', id), eb('d.month', '=', month)]))),
    )
}
