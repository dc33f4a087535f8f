import type { Context } from '../context.js'
import { opensAt } from './limits/sending-window.js'
import type { Progress } from './progress.js'

/** What holds an issue up, the strongest reason first; `until` when that is known. */
export type Standstill = {
  kind: 'paused' | 'no-worker' | 'window' | 'relay' | 'canary' | 'deferred' | 'provider' | 'limit'
  until: Date | null
  /** Who paused it, what the mail server said, which provider, how many an hour. */
  detail: string
}

// Heartbeats come every five seconds.
const SEEN_WITHIN_MS = 20_000

/** Why an issue that is not finished does not move, or only slowly; null when nothing holds it up. */
export async function whyStill(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
  counts: Progress,
): Promise<Standstill | null> {
  const now = clock.now()
  const issue = await db
    .selectFrom('issue')
    .leftJoin('account', 'account.id', 'issue.paused_by')
    .select(['status', 'pause_reason', 'canary_status', 'rate_per_hour', 'account.name as pausedBy'])
    .where('issue.id', '=', issueId)
    .executeTakeFirst()
  if (issue?.status === 'paused')
    return { kind: 'paused', until: null, detail: issue.pause_reason ?? issue.pausedBy ?? '' }
  if (issue?.status !== 'sending') return null
  const worker = await db
    .selectFrom('worker')
    .select('id')
    .where('seen_at', '>', new Date(now.getTime() - SEEN_WITHIN_MS))
    .limit(1)
    .executeTakeFirst()
  if (!worker) return { kind: 'no-worker', until: null, detail: '' }
  return (await outsideHold(db, now)) ?? ownHold({ db, now }, { issueId, issue, counts })
}

async function outsideHold(db: Context['db'], now: Date): Promise<Standstill | null> {
  const settings = await db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow()
  const opens = opensAt(settings, now)
  if (opens) return { kind: 'window', until: opens, detail: '' }
  const relay = await db
    .selectFrom('relay')
    .selectAll()
    .where('rests_until', '>', now)
    .orderBy('rests_until')
    .limit(1)
    .executeTakeFirst()
  if (relay) return { kind: 'relay', until: relay.rests_until, detail: `${relay.name}: ${relay.text}` }
  return null
}

type Own = {
  issueId: string
  issue: { canary_status: string | null; rate_per_hour: number | null }
  counts: Progress
}

async function ownHold(
  { db, now }: { db: Context['db']; now: Date },
  { issueId, issue, counts }: Own,
): Promise<Standstill | null> {
  if (issue.canary_status === 'running') return { kind: 'canary', until: null, detail: '' }
  if (counts.pending + counts.sending === 0 && counts.deferred > 0) {
    const next = await db
      .selectFrom('batch')
      .select(({ fn }) => fn.min('due_at').as('due_at'))
      .where('issue_id', '=', issueId)
      .executeTakeFirst()
    return { kind: 'deferred', until: next?.due_at ?? null, detail: '' }
  }
  const provider = await db
    .selectFrom('provider')
    .selectAll()
    .where('rests_until', '>', now)
    .orderBy('rests_until')
    .limit(1)
    .executeTakeFirst()
  if (provider) return { kind: 'provider', until: provider.rests_until, detail: provider.name }
  const { rate_per_hour: total } = await db
    .selectFrom('sending_settings')
    .select('rate_per_hour')
    .executeTakeFirstOrThrow()
  const lowest = Math.min(issue.rate_per_hour ?? Infinity, total ?? Infinity)
  return Number.isFinite(lowest) ? { kind: 'limit', until: null, detail: String(lowest) } : null
}
