import type { Issue } from '../../db/tables/issue.js'
import type { Context } from '../context.js'
import { opensAt } from './limits/sending-window.js'
import { nextMidnight, warmUpCeiling, warmUpKey } from './limits/warm-up.js'
import type { Progress } from './progress.js'

/** What holds an issue up or slows it down, the strongest reason first; `until` when that is known. */
export type Standstill = {
  kind:
    | 'paused'
    | 'no-worker'
    | 'window'
    | 'relay'
    | 'preparing'
    | 'warm-up'
    | 'canary'
    | 'deferred'
    | 'own-time'
    | 'provider'
    | 'speed'
    | 'limit'
    | 'provider-limit'
  until: Date | null
  /** Who paused it, what the mail server said, which domain, which provider, how many an hour. */
  detail: string
}

// Heartbeats come every five seconds.
const SEEN_WITHIN_MS = 20_000

type Held = Pick<
  Issue,
  'pause_reason' | 'canary_status' | 'rate_per_hour' | 'from_email' | 'fanned_out_at' | 'own_time'
> & {
  pausedBy: string | null
}
type Look = { db: Context['db']; now: Date; issueId: string; issue: Held; counts: Progress }
type Reason = (look: Look) => Promise<Standstill | null> | Standstill | null

/** Why an issue that is not finished does not move, or only slowly; null when nothing holds it up. */
export async function whyStill(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
  counts: Progress,
): Promise<Standstill | null> {
  const issue = await db
    .selectFrom('issue')
    .leftJoin('account', 'account.id', 'issue.paused_by')
    .select([
      'status',
      'pause_reason',
      'canary_status',
      'rate_per_hour',
      'from_email',
      'fanned_out_at',
      'own_time',
    ])
    .select('account.name as pausedBy')
    .where('issue.id', '=', issueId)
    .executeTakeFirst()
  if (issue?.status === 'paused')
    return { kind: 'paused', until: null, detail: issue.pause_reason ?? issue.pausedBy ?? '' }
  if (issue?.status !== 'sending') return null
  const look = { db, now: clock.now(), issueId, issue, counts }
  for (const reason of REASONS) {
    const found = await reason(look)
    if (found) return found
  }
  return null
}

const REASONS: readonly Reason[] = [
  noWorker,
  closedWindow,
  restingRelay,
  preparing,
  coldDomain,
  runningCanary,
  onlyDeferred,
  restingProvider,
  slowest,
  slowProvider,
]

async function noWorker({ db, now }: Look): Promise<Standstill | null> {
  const worker = await db
    .selectFrom('worker')
    .select('id')
    .where('seen_at', '>', new Date(now.getTime() - SEEN_WITHIN_MS))
    .limit(1)
    .executeTakeFirst()
  return worker ? null : { kind: 'no-worker', until: null, detail: '' }
}

async function closedWindow({ db, now }: Look): Promise<Standstill | null> {
  const opens = opensAt(await db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow(), now)
  return opens && { kind: 'window', until: opens, detail: '' }
}

async function restingRelay({ db, now }: Look): Promise<Standstill | null> {
  const relay = await db
    .selectFrom('relay')
    .selectAll()
    .where('rests_until', '>', now)
    .orderBy('rests_until')
    .limit(1)
    .executeTakeFirst()
  return relay ? { kind: 'relay', until: relay.rests_until, detail: `${relay.name}: ${relay.text}` } : null
}

function preparing({ issue, counts }: Look): Standstill | null {
  return counts.total === 0 && !issue.fanned_out_at ? { kind: 'preparing', until: null, detail: '' } : null
}

async function coldDomain({ db, now, issue }: Look): Promise<Standstill | null> {
  const domain = issue.from_email.slice(issue.from_email.lastIndexOf('@') + 1).toLowerCase()
  const plan = await db.selectFrom('warm_up').selectAll().where('domain', '=', domain).executeTakeFirst()
  const ceiling = plan ? warmUpCeiling(plan, now) : null
  if (ceiling === null) return null
  const bucket = await db
    .selectFrom('token_bucket')
    .select('tokens')
    .where('key', '=', warmUpKey(domain, now))
    .executeTakeFirst()
  if ((bucket?.tokens ?? ceiling) >= 1) return null
  return { kind: 'warm-up', until: nextMidnight(now), detail: `${domain} ${ceiling}` }
}

function runningCanary({ issue }: Look): Standstill | null {
  return issue.canary_status === 'running' ? { kind: 'canary', until: null, detail: '' } : null
}

async function onlyDeferred({ db, issueId, issue, counts }: Look): Promise<Standstill | null> {
  if (counts.pending + counts.sending > 0 || counts.deferred === 0) return null
  const next = await db
    .selectFrom('batch')
    .select(({ fn }) => fn.min('due_at').as('due_at'))
    .where('issue_id', '=', issueId)
    .executeTakeFirst()
  return { kind: issue.own_time ? 'own-time' : 'deferred', until: next?.due_at ?? null, detail: '' }
}

async function restingProvider({ db, now }: Look): Promise<Standstill | null> {
  const provider = await db
    .selectFrom('provider')
    .selectAll()
    .where('rests_until', '>', now)
    .orderBy('rests_until')
    .limit(1)
    .executeTakeFirst()
  return provider ? { kind: 'provider', until: provider.rests_until, detail: provider.name } : null
}

async function slowest({ db, issue }: Look): Promise<Standstill | null> {
  const { rate_per_hour: total } = await db
    .selectFrom('sending_settings')
    .select('rate_per_hour')
    .executeTakeFirstOrThrow()
  const own = issue.rate_per_hour
  if (own !== null && (total === null || own <= total))
    return { kind: 'speed', until: null, detail: String(own) }
  return total === null ? null : { kind: 'limit', until: null, detail: String(total) }
}

async function slowProvider({ db }: Look): Promise<Standstill | null> {
  const limited = await db
    .selectFrom('provider')
    .select('name')
    .where((eb) => eb.or([eb('rate_per_hour', 'is not', null), eb('connections', 'is not', null)]))
    .orderBy('name')
    .execute()
  if (limited.length === 0) return null
  return { kind: 'provider-limit', until: null, detail: limited.map(({ name }) => name).join(' ') }
}
