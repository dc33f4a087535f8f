import type { Issue } from '../../db/tables/issue.js'
import { hasSpeed } from '../delivery/change-speed.js'

/** A speed that was refused: what was typed, and why. */
export type TypedSpeed = { typed: string; error: string }

/** The form for an issue's own speed, beside what limits all of them; null when its speed no longer matters. */
export function speedView(
  issue: Pick<Issue, 'status' | 'rate_per_hour'>,
  total: number | null,
  refused: TypedSpeed | null = null,
) {
  if (!hasSpeed(issue.status)) return null
  const own = issue.rate_per_hour
  return {
    value: refused?.typed ?? own ?? '',
    error: refused?.error,
    own,
    total,
    isOverTotal: own !== null && total !== null && own > total,
  }
}
