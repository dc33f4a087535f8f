import type { Provider } from '../../db/tables/provider.js'
import type { RelayState } from '../../db/tables/relay.js'
import type { SendingSettings } from '../../db/tables/sending-settings.js'
import type { WarmUp } from '../../db/tables/warm-up.js'
import type { Worker } from '../../db/tables/worker.js'
import type { Context } from '../context.js'
import { warmUpCeiling, warmUpKey } from '../delivery/limits/warm-up.js'

/** A plan with how many may go today and how many have gone; null: the domain is warm. */
export type WarmUpToday = WarmUp & { ceiling: number | null; sentToday: number }

/** All that limits the sending now, and who does it. */
export type SendingOverview = {
  settings: SendingSettings
  providers: Provider[]
  warmUps: WarmUpToday[]
  /** Mail servers that have been in trouble, by name. */
  relays: RelayState[]
  workers: Worker[]
}

// After a minute without a heartbeat a worker counts as dead.
const ALIVE_MS = 60_000

/** Reads the settings, providers, warm-ups, mail servers and workers; a handful of rows. */
export async function sendingOverview({
  db,
  clock,
}: Pick<Context, 'db' | 'clock'>): Promise<SendingOverview> {
  const now = clock.now()
  const [settings, providers, plans, relays, workers] = await Promise.all([
    db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('provider').selectAll().orderBy('name').execute(),
    db.selectFrom('warm_up').selectAll().orderBy('domain').execute(),
    db.selectFrom('relay').selectAll().orderBy('name').execute(),
    db
      .selectFrom('worker')
      .selectAll()
      .where('seen_at', '>', new Date(now.getTime() - ALIVE_MS))
      .orderBy('started_at')
      .orderBy('id')
      .execute(),
  ])
  const warmUps = await Promise.all(plans.map((plan) => withToday({ db, clock }, plan)))
  return { settings, providers, warmUps, relays, workers }
}

// Workers take a few at a time from the day's bucket, so the last few may not have gone yet.
async function withToday({ db, clock }: Pick<Context, 'db' | 'clock'>, plan: WarmUp): Promise<WarmUpToday> {
  const ceiling = warmUpCeiling(plan, clock.now())
  const bucket = await db
    .selectFrom('token_bucket')
    .select('tokens')
    .where('key', '=', warmUpKey(plan.domain, clock.now()))
    .executeTakeFirst()
  const sentToday = bucket && ceiling !== null ? Math.max(0, Math.round(ceiling - bucket.tokens)) : 0
  return { ...plan, ceiling, sentToday }
}
