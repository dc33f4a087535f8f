import type { Database } from '../../../db/database.js'
import type { Provider } from '../../../db/tables/provider.js'
import type { SendingSettings } from '../../../db/tables/sending-settings.js'
import type { WarmUp } from '../../../db/tables/warm-up.js'

/** What limits the sending now, as every worker reads it each second. */
export type Limits = {
  settings: SendingSettings
  providers: ReadonlyMap<string, Provider>
  warmUps: ReadonlyMap<string, WarmUp>
  relays: readonly { name: string; rests_until: Date | null }[]
  /** Messages an hour of every issue that is scheduled, being sent or paused; null: no limit of its own. */
  rates: ReadonlyMap<string, number | null>
  /** Living workers, the oldest first; a narrow provider is shared out by their order. */
  workers: readonly string[]
}

/** Reads all limits; a handful of rows. */
export async function readLimits(db: Database): Promise<Limits> {
  const [settings, providers, warmUps, relays, rates, workers] = await Promise.all([
    db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow(),
    db.selectFrom('provider').selectAll().execute(),
    db.selectFrom('warm_up').selectAll().execute(),
    db.selectFrom('relay').select(['name', 'rests_until']).execute(),
    db
      .selectFrom('issue')
      .select(['id', 'rate_per_hour'])
      .where('status', 'in', ['scheduled', 'sending', 'paused'])
      .execute(),
    db.selectFrom('worker').select('id').orderBy('started_at').orderBy('id').execute(),
  ])
  return {
    settings,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    warmUps: new Map(warmUps.map((warmUp) => [warmUp.domain, warmUp])),
    relays,
    rates: new Map(rates.map(({ id, rate_per_hour }) => [id, rate_per_hour])),
    workers: workers.map(({ id }) => id),
  }
}
