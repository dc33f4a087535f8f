import { z } from 'zod'
import { segmentFacts } from '../../../audience/segments/segment-facts.js'
import { findSegment } from '../../../audience/segments/segments.js'
import type { SubscriberFilter } from '../../../audience/subscriber-filter.js'
import type { Context } from '../../../context.js'
import { NotFoundError } from '../../../errors.js'

/** What the address of the subscribers' page asks for; what makes no sense is as if it were not there. */
export const SubscriberQuery = z.object({
  q: z.string().trim().max(254).catch(''),
  list: z.uuid().or(z.literal('')).catch(''),
  status: z.enum(['pending', 'confirmed', 'unsubscribed', '']).catch(''),
  segment: z.uuid().or(z.literal('')).catch(''),
  after: z.uuid().or(z.literal('')).catch(''),
})
export type SubscriberQuery = z.infer<typeof SubscriberQuery>

/** Whom a query means; a segment that is gone means nobody's. */
export async function filterOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { q, list, status, segment }: SubscriberQuery,
): Promise<SubscriberFilter> {
  const found = segment ? await findSegment({ db }, segment).catch(ignoreMissing) : null
  return {
    search: q,
    ...(list ? { listId: list } : {}),
    ...(status ? { status } : {}),
    ...(found ? { segment: { tree: found.tree, facts: await segmentFacts(db, clock.now()) } } : {}),
  }
}

/** The address of the page for a query, or of another page about the same people. */
export function subscribersPath(query: Partial<SubscriberQuery>, path = '/subscribers'): string {
  const kept = Object.entries(query).filter(([, value]) => value)
  const text = new URLSearchParams(kept).toString()
  return text ? `${path}?${text}` : path
}

function ignoreMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null
  throw error
}
