import { z } from 'zod'
import type { Segment } from '../../../audience/segments/segments.js'
import type { SegmentRule } from '../../../issues/issue-segments.js'

const Rule = z.enum(['only', 'not'])
const PREFIX = 'segment:'

/** The rules that a form holds in its inputs `segment:ID`; what says neither is no rule. */
export function chosenSegments(body: Readonly<Record<string, unknown>>): SegmentRule[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const [id, rule] = [z.uuid().safeParse(name.slice(PREFIX.length)), Rule.safeParse(value)]
    if (!name.startsWith(PREFIX) || !id.success || !rule.success) return []
    return [{ segmentId: id.data, rule: rule.data }]
  })
}

/** The segments that a form offers: those in use, and those that the issue has although they are out of use. */
export function offeredSegments(
  inUse: readonly Segment[],
  chosen: readonly (SegmentRule & { name: string })[],
  typed: readonly SegmentRule[],
) {
  const others = chosen.filter(({ segmentId }) => !inUse.some(({ id }) => id === segmentId))
  const all = [...inUse, ...others.map(({ segmentId: id, name }) => ({ id, name }))]
  return all.map(({ id, name }) => ({
    id,
    name,
    rule: typed.find(({ segmentId }) => segmentId === id)?.rule ?? '',
  }))
}
