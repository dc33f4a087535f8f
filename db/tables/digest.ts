import type { ColumnType, Generated, Selectable } from 'kysely'

/** On which days a digest is made; weekdays are ISO, 1 = Monday; `nth` counts from the month's end when negative. */
export type DigestRule =
  | { every: 'week'; weekdays: number[] }
  | { every: 'month'; nth: number; weekday: number }
  | { every: 'month-day'; day: number }

/** A plan that makes an issue out of another one and the unused news, again and again. */
export type DigestTable = {
  id: string
  title: string
  /** The issue it is made from; null: it is gone. */
  issue_id: string | null
  rule: ColumnType<DigestRule, string, string>
  /** 'HH:MM:SS' in `time_zone`. */
  time_of_day: string
  time_zone: string
  /** Only news of this region, in this language; empty: any. */
  region: Generated<string>
  language: Generated<string>
  /** Whether the issue is sent; else it stays a draft. */
  sends_itself: Generated<boolean>
  /** Whether nothing is made when there is no news. */
  skips_empty: Generated<boolean>
  /** Null: it rests. */
  next_at: Date | null
  /** The issue that was made and is still to be sent. */
  to_send_id: string | null
  /** What came of it last, in one sentence. */
  last_note: Generated<string>
  created_by: string | null
  created_at: Date
}

export type Digest = Selectable<DigestTable>
