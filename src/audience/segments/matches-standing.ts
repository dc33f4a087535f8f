import { domainToASCII } from 'node:url'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { matchesText } from './matches-field.js'
import { aboutPerson } from './people.js'
import type { SegmentFacts } from './segment-facts.js'
import type { Condition } from './segment-tree.js'

type StandingCondition = Extract<
  Condition,
  {
    about:
      | 'address'
      | 'domain'
      | 'list'
      | 'language'
      | 'language-known'
      | 'time-zone'
      | 'time-zone-known'
      | 'signed-up'
      | 'signed-up-days'
  }
>

const DAY_MS = 24 * 3_600_000
const STATUSES = {
  on: ['confirmed'],
  waiting: ['pending'],
  left: ['unsubscribed'],
  'not-on': ['pending', 'confirmed'],
} as const

/** Whether the address of the person `p`, where they stand on a list, their language, zone or beginning fits. */
export function matchesStanding(condition: StandingCondition, { now }: SegmentFacts): Expression<SqlBool> {
  const { eb, not } = aboutPerson()
  switch (condition.about) {
    case 'address':
      return matchesText(sql<string>`p.email`, condition)
    case 'domain': {
      const is = eb(sql<string>`split_part(p.email_key, '@', 2)`, '=', domainKey(condition.value))
      return condition.test === 'is' ? is : not(is)
    }
    case 'list':
      return matchesList(condition)
    case 'language': {
      const is = isLanguage(condition.value)
      return condition.test === 'is' ? is : not(is)
    }
    case 'language-known':
      return eb('p.language', condition.test === 'known' ? 'is not' : 'is', null)
    case 'time-zone':
      return condition.test === 'is'
        ? eb('p.time_zone', '=', condition.value)
        : eb('p.time_zone', 'is distinct from', condition.value)
    case 'time-zone-known':
      return eb('p.time_zone', condition.test === 'known' ? 'is not' : 'is', null)
    case 'signed-up': {
      const day = new Date(`${condition.value}T00:00:00Z`)
      const next = new Date(day.getTime() + DAY_MS)
      if (condition.test === 'before') return eb('p.created_at', '<', day)
      if (condition.test === 'after') return eb('p.created_at', '>=', next)
      return eb.and([eb('p.created_at', '>=', day), eb('p.created_at', '<', next)])
    }
    case 'signed-up-days': {
      const since = new Date(now.getTime() - condition.days * DAY_MS)
      return eb('p.created_at', condition.test === 'within' ? '>=' : '<', since)
    }
  }
}

/** A domain as addresses are compared: lower case, as A-label. */
export function domainKey(typed: string): string {
  const name = typed.trim().replace(/^@/, '').toLowerCase()
  return domainToASCII(name) || name
}

function matchesList({ test, listId }: Extract<Condition, { about: 'list' }>): Expression<SqlBool> {
  const { exists, not, selectFrom } = aboutPerson()
  const on = exists(
    selectFrom('subscription as standing')
      .select('standing.list_id')
      .whereRef('standing.subscriber_id', '=', 'p.id')
      .where('standing.list_id', '=', listId)
      .where('standing.status', 'in', STATUSES[test]),
  )
  return test === 'not-on' ? not(on) : on
}

// “pt” means Portuguese of everywhere, “pt-BR” that of Brazil alone (BCP 47, basic filtering of RFC 4647 3.3.1).
function isLanguage(tag: string): RawBuilder<boolean> {
  const wanted = tag.toLowerCase()
  return sql<boolean>`coalesce(lower(p.language) = ${wanted} or starts_with(lower(p.language), ${`${wanted}-`}), false)`
}
