import type { ColumnType, Selectable } from 'kysely'

/** A person with one address. `email_key` is the comparable form: lower case, domain as A-label. */
export type SubscriberTable = {
  id: string
  email: string
  email_key: string
  fields: ColumnType<Record<string, string>, string | undefined, string>
  /** Where they read, by the IANA database; null: nobody knows. */
  time_zone: string | null
  /** As a BCP 47 tag; null: nobody knows. */
  language: string | null
  created_at: Date
}

export type Subscriber = Selectable<SubscriberTable>
