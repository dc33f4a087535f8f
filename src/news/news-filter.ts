import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '../../db/tables/index.js'
import type { NewsStatus } from './news-status.js'
import { everyUse } from './news-use.js'

/** What a search of the news desk asks for; what is left out does not matter. */
export type NewsFilter = {
  /** Words that the title or summary holds, each of them. */
  search?: string
  region?: string
  language?: string
  status?: NewsStatus
  /** Archived ones only; else those that are not. */
  archived?: boolean
  use?: 'never' | 'ever'
  /** An issue that shows it. */
  usedIn?: string
  /** A day since which an issue with it was sent or changed. */
  usedSince?: string
  ownerId?: string
  /** A day on which it is still news. */
  validOn?: string
  /** First and last day of its date. */
  from?: string
  to?: string
}

type Builder = ExpressionBuilder<Tables, 'news_item'>

const MOST_WORDS = 8

/** The condition that a filter means. */
export function matches(eb: Builder, filter: NewsFilter): Expression<SqlBool> {
  const { region, language, status, ownerId, validOn, from, to } = filter
  return eb.and([
    eb('archived_at', filter.archived ? 'is not' : 'is', null),
    ...wordsOf(filter.search ?? '').map((word) => eb('words', 'like', word)),
    ...(region ? [eb('region', '=', region)] : []),
    ...(language ? [eb('language', '=', language)] : []),
    ...(status ? [eb('status', '=', status)] : []),
    ...(ownerId ? [eb('owner_id', '=', ownerId)] : []),
    ...(validOn ? [eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', validOn)])] : []),
    ...(from ? [eb('published_on', '>=', from)] : []),
    ...(to ? [eb('published_on', '<=', to)] : []),
    ...usedAs(eb, filter),
  ])
}

function usedAs(eb: Builder, { use, usedIn, usedSince }: NewsFilter): Expression<SqlBool>[] {
  const since = sql<string>`(select news_item_id from ${everyUse} as used join issue on issue.id = used.issue_id
    where coalesce(issue.finished_at, issue.send_at, issue.updated_at) >= ${usedSince}::date)`
  const inIssue = sql<string>`(select news_item_id from ${everyUse} as used where issue_id = ${usedIn}::uuid)`
  return [
    ...(use
      ? [
          eb(
            'id',
            use === 'never' ? 'not in' : 'in',
            sql<string>`(select news_item_id from ${everyUse} as used)`,
          ),
        ]
      : []),
    ...(usedIn ? [eb('id', 'in', inIssue)] : []),
    ...(usedSince ? [eb('id', 'in', since)] : []),
  ]
}

// Patterns for the words of a search; the column holds lower case.
function wordsOf(search: string): string[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}
