import type { ColumnType, Generated, Selectable } from 'kysely'

/**
 * Something found out about a link (`subject`: its address), an issue's audience or mail (its id), or a sender's domain. `fingerprint` says of
 * what state of the subject; the shape of `facts` follows from the kind.
 */
export type BackgroundCheckTable = {
  kind: 'link' | 'audience' | 'mail' | 'domain'
  subject: string
  fingerprint: Generated<string>
  facts: ColumnType<unknown, string, string>
  checked_at: Date
}

export type BackgroundCheck = Selectable<BackgroundCheckTable>
