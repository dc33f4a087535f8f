import type { Generated, Selectable } from 'kysely'

/** How fast and when anything may leave; one row. */
export type SendingSettingsTable = {
  id: number
  rate_per_hour: number | null
  /** 'HH:MM:SS' in `window_zone`; both null: at any hour. */
  window_from: string | null
  window_to: string | null
  /** ISO weekdays, 1 = Monday. */
  window_days: Generated<number[]>
  window_zone: Generated<string>
  recall_seconds: Generated<number>
  give_up_hours: Generated<number>
  policy_limit_percent: Generated<number>
}

export type SendingSettings = Selectable<SendingSettingsTable>
