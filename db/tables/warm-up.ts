import type { Selectable } from 'kysely'

/** How many messages a new sender domain may send a day: `first_day`, growing by so many percent a day, for `days` days. */
export type WarmUpTable = {
  domain: string
  started_on: string
  first_day: number
  growth_percent: number
  days: number
}

export type WarmUp = Selectable<WarmUpTable>
