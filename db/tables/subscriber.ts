import type { ColumnType, Generated, Selectable } from 'kysely'

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
  /** Gets no issue before this moment, and is asked nothing. */
  snoozed_until: Generated<Date | null>
  /** Whether their own opens and clicks may be noted; null: never asked, which is no. */
  tracking_consent: Generated<boolean | null>
  /** When they last changed their address: links to their own affairs from before work no more; null: never. */
  links_since: Generated<Date | null>
  created_at: Date
}

export type Subscriber = Selectable<SubscriberTable>
