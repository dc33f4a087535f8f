import { type Expression, type SqlBool, sql } from 'kysely'
import { matchesField } from './matches-field.js'
import { matchesLedger } from './matches-ledger.js'
import { matchesStanding } from './matches-standing.js'
import { aboutPerson } from './people.js'
import type { SegmentFacts } from './segment-facts.js'
import { type Condition, type Group, isGroup, type Part } from './segment-tree.js'

/** Whether the person `p` of a query is in a segment; true or false, never null. */
export function matchesSegment(tree: Group, facts: SegmentFacts): Expression<SqlBool> {
  const { and, or } = aboutPerson()
  const parts = tree.parts.map((part) => matchesPart(part, facts))
  return tree.match === 'all' ? and(parts) : or(parts)
}

function matchesPart(part: Part, facts: SegmentFacts): Expression<SqlBool> {
  if (isGroup(part)) return matchesSegment(part, facts)
  // What somebody has not said is neither below nor above anything.
  return sql<boolean>`coalesce(${matchesCondition(part, facts)}, false)`
}

function matchesCondition(condition: Condition, facts: SegmentFacts): Expression<SqlBool> {
  switch (condition.about) {
    case 'text':
    case 'number':
    case 'date':
    case 'date-days':
    case 'yes-no':
    case 'choice':
    case 'filled':
      return matchesField(condition, facts)
    case 'address':
    case 'domain':
    case 'list':
    case 'language':
    case 'language-known':
    case 'time-zone':
    case 'time-zone-known':
    case 'signed-up':
    case 'signed-up-days':
      return matchesStanding(condition, facts)
    case 'received':
    case 'issue':
    case 'refused':
      return matchesLedger(condition, facts)
  }
}
