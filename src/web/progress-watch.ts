import type { Context } from '../context.js'
import { type CanaryState, canaryState } from '../delivery/canary-state.js'
import { type Progress, progress } from '../delivery/progress.js'
import { type Standstill, whyStill } from '../delivery/standstill.js'

/** How far an issue is, how fast it goes as far as that has been measured, and what holds it up. */
export type Watched = {
  counts: Progress
  /** People settled a second; null before it is known. */
  perSecond: number | null
  standstill: Standstill | null
  canary: CanaryState | null
}

const FRESH_MS = 500
const MEASURED_OVER_MS = 30_000
const ENOUGH_MS = 3000

type Sample = { at: number; settled: number }
type Kept = { at: number; watched: Promise<Watched>; samples: Sample[] }

/** Looks at issues for everybody who watches them: however many do, the ledger is asked twice a second at most. */
export function createProgressWatch(
  ctx: Pick<Context, 'db' | 'clock'>,
): (issueId: string) => Promise<Watched> {
  const kept = new Map<string, Kept>()
  return (issueId) => {
    const now = ctx.clock.now().getTime()
    const before = kept.get(issueId)
    if (before && now - before.at < FRESH_MS) return before.watched
    for (const [id, { at }] of kept) if (now - at > MEASURED_OVER_MS) kept.delete(id)
    const samples = before?.samples ?? []
    const watched = look(ctx, { issueId, samples, now })
    watched.catch(() => kept.delete(issueId))
    kept.set(issueId, { at: now, watched, samples })
    return watched
  }
}

async function look(
  ctx: Pick<Context, 'db' | 'clock'>,
  { issueId, samples, now }: { issueId: string; samples: Sample[]; now: number },
): Promise<Watched> {
  const counts = await progress(ctx.db, issueId)
  const settled = counts.accepted + counts.rejected + counts.unknown + counts.skipped
  samples.push({ at: now, settled })
  while ((samples[0]?.at ?? now) < now - MEASURED_OVER_MS) samples.shift()
  const [standstill, canary] = await Promise.all([whyStill(ctx, issueId, counts), canaryState(ctx, issueId)])
  return { counts, perSecond: speedOf(samples), standstill, canary }
}

function speedOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < ENOUGH_MS) return null
  return Math.max(0, (1000 * (last.settled - first.settled)) / (last.at - first.at))
}
