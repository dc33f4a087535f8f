import type { Generated, Selectable } from 'kysely'

/** A group of recipient domains with one operator, its own limit, and how it recovers from having been sent to too fast. */
export type ProviderTable = {
  name: string
  rate_per_hour: number | null
  rests_until: Date | null
  /** Connections allowed over all workers while it recovers; null: no limit. */
  connections: number | null
  widens_at: Date | null
  reason: Generated<string>
}

export type Provider = Selectable<ProviderTable>
