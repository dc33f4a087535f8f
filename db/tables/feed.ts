import type { Generated, Selectable } from 'kysely'

/** An RSS, Atom or JSON feed of a region, whose entries become proposals. */
export type FeedTable = {
  id: string
  url: string
  title: string
  region: Generated<string>
  language: Generated<string>
  is_active: Generated<boolean>
  /** What the last answer said of itself, for the next question. */
  etag: string | null
  last_modified: string | null
  /** Checks in a row that failed. */
  failures: Generated<number>
  /** What came of the last check, in words. */
  outcome: Generated<string>
  checked_at: Date | null
  next_check_at: Date
  created_by: string | null
  created_at: Date
}

export type Feed = Selectable<FeedTable>
