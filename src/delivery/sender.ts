import { resolveMx } from 'node:dns/promises'
import { prepareConnection } from '../../db/prepared-connection.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { Ledger } from './ledger.js'
import { Allowance } from './limits/allowance.js'
import { ProviderFinder } from './limits/provider-finder.js'
import { type Limits, readLimits } from './limits/read-limits.js'
import { widenProviders } from './limits/slow-provider.js'
import { noteRelayRecovery, noteRelayTrouble } from './relay-states.js'
import { Room } from './room.js'
import { type ReadyIssue, readyIssue } from './sending-issue.js'
import { batchesOf, buryWorkers, freeBatches, keepAlive } from './worker-life.js'

/** What one sending process holds: its name in the ledger, its group commit, and its places on the wire. */
export type Sender = {
  workerId: string
  ledger: Ledger
  /** Twice as many as may be on the wire, so that the next ones are written when a place is free. */
  room: Room
  /** Batches being sent now, by the names of their holds. */
  held: Set<string>
  /** Batches whose turn is over and whose last answers have not come yet. */
  tails: Set<Promise<void>>
  /** What limits the sending, as read within the last second. */
  limits(): Limits
  /** Reads the limits again now. */
  refresh(): Promise<void>
  allowance: Allowance
  providers: ProviderFinder
  /** Messages on their way to a provider that is limited. */
  underWay: Map<string, number>
  issue(issueId: string): Promise<ReadyIssue>
  /** Gives back what is held; only after all batches have ended. */
  close(): Promise<void>
}

type Needs = Pick<Context, 'db' | 'clock' | 'log' | 'mailer'> & { store: { databaseUrl: string } }

const HEARTBEAT_MS = 5000
// A change of speed, a resting relay or provider: every worker knows within this time.
const REFRESH_MS = 1000
const ISSUES_KEPT = 8

/** Enlists this process as a worker and keeps it alive in the ledger until `close`. */
export async function openSender(ctx: Needs): Promise<Sender> {
  const workerId = newId(ctx.clock.now())
  await keepAlive(ctx, workerId)
  const held = new Set<string>()
  const tails = new Set<Promise<void>>()
  const limits = { current: await readLimits(ctx.db) }
  const refresh = async () => {
    await widenProviders(ctx.db, ctx.clock.now())
    limits.current = await readLimits(ctx.db)
    for (const { name, rests_until } of limits.current.relays) ctx.mailer.rest(name, rests_until)
  }
  ctx.mailer.watch({
    troubled: (trouble) => soon(ctx, noteRelayTrouble(ctx, trouble)),
    recovered: (relay) => soon(ctx, noteRelayRecovery(ctx, relay)),
  })
  const refreshing = setInterval(() => {
    refresh().catch((error: Error) => ctx.log.warn({ reason: error.message }, 'the limits cannot be read'))
  }, REFRESH_MS)
  const heartbeat = setInterval(beat(ctx, { workerId, held }), HEARTBEAT_MS)
  const ledger = new Ledger({
    connection: prepareConnection(ctx.store.databaseUrl),
    places: 2 * ctx.mailer.connections,
    now: () => ctx.clock.now(),
    onTrouble: (error) => ctx.log.warn({ reason: error.message }, 'the ledger cannot be written'),
  })
  return {
    workerId,
    ledger,
    held,
    tails,
    limits: () => limits.current,
    refresh,
    allowance: new Allowance(ctx.db, () => ctx.clock.now()),
    providers: new ProviderFinder((domain) => resolveMx(domain)),
    underWay: new Map(),
    room: new Room(4 * ctx.mailer.connections),
    issue: keptIssues(ctx),
    close: async () => {
      while (tails.size > 0) await Promise.all(tails)
      clearInterval(heartbeat)
      clearInterval(refreshing)
      await ledger.close()
      // Without a database to tell, the lease runs out.
      await buryWorkers(ctx, workerId).catch((error: Error) =>
        ctx.log.warn({ reason: error.message }, 'the worker could not sign off'),
      )
    },
  }
}

/** Frozen editions never change, so the latest few stay compiled. */
function keptIssues({ db }: Pick<Context, 'db'>): Sender['issue'] {
  const kept = new Map<string, Promise<ReadyIssue>>()
  return (issueId) => {
    const found = kept.get(issueId) ?? readyIssue(db, issueId)
    kept.delete(issueId)
    kept.set(issueId, found)
    found.catch(() => kept.delete(issueId))
    for (const oldest of [...kept.keys()].slice(0, -ISSUES_KEPT)) kept.delete(oldest)
    return found
  }
}

/** Says that this worker lives, and frees what the ledger believes it to hold although it does not: answers that were lost with a connection. */
function beat(ctx: Needs, { workerId, held }: { workerId: string; held: ReadonlySet<string> }): () => void {
  let forgotten = new Set<string>()
  const check = async () => {
    await keepAlive(ctx, workerId)
    const unknown = (await batchesOf(ctx, workerId)).filter(({ hold }) => hold === null || !held.has(hold))
    // Twice in a row, for one may just have been taken.
    const lost = unknown.filter(({ hold }) => hold === null || forgotten.has(hold))
    forgotten = new Set(unknown.map(({ hold }) => hold ?? ''))
    if (lost.length > 0) await ctx.db.transaction().execute((tx) => freeBatches(tx, lost, ctx.clock.now()))
  }
  return () =>
    void check().catch((error: Error) => ctx.log.warn({ reason: error.message }, 'the heartbeat failed'))
}

function soon({ log }: Needs, work: Promise<void>): void {
  work.catch((error: Error) =>
    log.warn({ reason: error.message }, 'the state of a mail server could not be written'),
  )
}
