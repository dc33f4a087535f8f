import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { matchesSegment } from './segments/matches-segment.js'
import { aboutPerson } from './segments/people.js'
import type { SegmentFacts } from './segments/segment-facts.js'
import type { Group } from './segments/segment-tree.js'
import type { SubscriptionStatus } from './subscription-status.js'
import { WORDS } from './word-index.js'

/** Which subscribers are meant; everybody when nothing is said. */
export type SubscriberFilter = {
  /** Words, all of which stand in the address or in what the fields hold. */
  search?: string
  listId?: string
  /** On that list, or on any. */
  status?: SubscriptionStatus
  segment?: { tree: Group; facts: SegmentFacts }
}

const MOST_WORDS = 5
/** Of shorter words there are no trigrams: they are looked for at the beginning of the address and of each value. */
const SHORTEST_PART = 3

/** Whether the person `p` of a query is meant. */
export function fitsFilter(
  { search, listId, status, segment }: SubscriberFilter,
  { byWords }: { byWords: boolean },
): Expression<SqlBool> {
  const { and } = aboutPerson()
  const parts: Expression<SqlBool>[] = []
  const words = wordsOf(search)
  if (words.length > 0) parts.push(...(byWords ? words.map(hasWord) : [begins(words.join(' '))]))
  if (listId || status) parts.push(isOn(listId, status))
  if (segment) parts.push(matchesSegment(segment.tree, segment.facts))
  return and(parts)
}

/** The words that are searched for. */
export function wordsOf(search: string | undefined): string[] {
  const words = (search ?? '').normalize('NFC').split(/\s+/).filter(Boolean)
  return words.slice(0, MOST_WORDS)
}

function hasWord(word: string): RawBuilder<boolean> {
  // As PostgreSQL writes a text of JSON.
  const part = literal(JSON.stringify(word).slice(1, -1))
  if ([...word].length >= SHORTEST_PART) return sql<boolean>`${WORDS} like lower(${`%${part}%`}::text)`
  return sql<boolean>`(${WORDS} like lower(${`${part}%`}::text) or ${WORDS} like lower(${`%"${part}%`}::text))`
}

function begins(words: string): Expression<SqlBool> {
  const { eb } = aboutPerson()
  return eb('p.email_key', 'like', `${literal(words.toLowerCase())}%`)
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function isOn(listId: string | undefined, status: SubscriptionStatus | undefined): Expression<SqlBool> {
  const { exists, selectFrom } = aboutPerson()
  let on = selectFrom('subscription as standing')
    .select('standing.list_id')
    .whereRef('standing.subscriber_id', '=', 'p.id')
  if (listId) on = on.where('standing.list_id', '=', listId)
  if (status) on = on.where('standing.status', '=', status)
  return exists(on)
}
