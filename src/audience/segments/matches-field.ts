import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { aboutPerson } from './people.js'
import type { SegmentFacts } from './segment-facts.js'
import type { Condition } from './segment-tree.js'

type FieldCondition = Extract<Condition, { key: string }>

const COMPARISONS = {
  is: '=',
  below: '<',
  'at-most': '<=',
  above: '>',
  'at-least': '>=',
  on: '=',
  before: '<',
  after: '>',
} as const

/** Whether what a field holds of the person `p` fits; null where there is nothing to compare. */
export function matchesField(condition: FieldCondition, { now }: SegmentFacts): Expression<SqlBool> {
  const { eb, not } = aboutPerson()
  const value = sql<string>`coalesce(p.fields ->> ${condition.key}, '')`
  switch (condition.about) {
    case 'text':
      return matchesText(value, condition)
    case 'number': {
      const number = sql<string>`${condition.value}::numeric`
      if (condition.test === 'is-not') return sql<boolean>`${numberOf(value)} is distinct from ${number}`
      return eb(numberOf(value), COMPARISONS[condition.test], number)
    }
    case 'date':
      return eb(dayOf(value), COMPARISONS[condition.test], condition.value)
    case 'date-days': {
      const [from, to] = condition.test === 'last' ? [-condition.days, 0] : [0, condition.days]
      return eb.between(dayOf(value), dayAfter(now, from), dayAfter(now, to))
    }
    case 'yes-no':
      return eb(value, '=', condition.test)
    case 'choice': {
      const isOne = eb(value, 'in', condition.values)
      return condition.test === 'one-of' ? isOne : not(isOne)
    }
    case 'filled':
      return eb(value, condition.test === 'empty' ? '=' : '<>', '')
  }
}

/** Compares text whatever its case; also used for addresses. */
export function matchesText(
  value: Expression<string>,
  { test, value: wanted }: { test: 'is' | 'is-not' | 'contains' | 'contains-not' | 'begins'; value: string },
): Expression<SqlBool> {
  const [held, given] = [sql`lower(${value})`, sql`lower(${wanted}::text)`]
  switch (test) {
    case 'is':
      return sql<boolean>`${held} = ${given}`
    case 'is-not':
      return sql<boolean>`${held} <> ${given}`
    case 'contains':
      return sql<boolean>`position(${given} in ${held}) > 0`
    case 'contains-not':
      return sql<boolean>`position(${given} in ${held}) = 0`
    case 'begins':
      return sql<boolean>`starts_with(${held}, ${given})`
  }
}

// A field may hold what it was given while it was of another type: that is no number and no day.
function numberOf(value: RawBuilder<string>): RawBuilder<string> {
  return sql<string>`case when ${value} ~ '^-?\\d{1,15}(\\.\\d{1,9})?$' then (${value})::numeric end`
}

// Days of four-digit years are in order as texts, too, and no text fails to be one.
function dayOf(value: RawBuilder<string>): RawBuilder<string> {
  return sql<string>`case when ${value} ~ '^\\d{4}-\\d{2}-\\d{2}$' then (${value}) collate "C" end`
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 24 * 3_600_000).toISOString().slice(0, 10)
}
