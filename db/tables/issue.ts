import type { ColumnType, Generated, Selectable } from 'kysely'

/** How the people on an issue's lists come down to those who get it; the numbers always add up. */
export type Balance = {
  /** Subscriptions on the lists that are pending or confirmed. */
  onLists: number
  /** Subscriptions of people already counted through another list. */
  duplicates: number
  unconfirmed: number
  suppressed: number
  /** onLists − duplicates − unconfirmed − suppressed. */
  recipients: number
}

/** Who gets an issue first: the readers of a list (the team), or a part of all; the rest only when at most `limitPercent` of them refuse. */
export type Canary = { listId: string | null; percent: number | null; limitPercent: number }

/** The other subjects that are tried beside the issue's own on a part of the readers, and after how many hours the best is chosen. */
export type SubjectTest = { subjects: string[]; hours: number }

/** One newsletter. `version` guards drafts against two editors; `scheduled_balance` is what was shown at scheduling, `balance` what fan-out found. */
export type IssueTable = {
  id: string
  status: 'draft' | 'scheduled' | 'sending' | 'paused' | 'sent' | 'cancelled'
  title: string
  subject: Generated<string>
  preheader: Generated<string>
  from_name: Generated<string>
  from_email: Generated<string>
  reply_to: string | null
  language: Generated<string>
  /** Id of the newsletter design it is shown in. */
  design: Generated<string>
  /** Whether everybody may read it on the web; null: as its lists are, decided when it begins to leave. */
  is_public: boolean | null
  /** Its address in the archive, from the title that it had when it began to leave; never changes after that. */
  slug: string | null
  /** How many of its further languages come before its own for readers who speak none of them. */
  language_place: Generated<number>
  version: Generated<number>
  /** Which of its steps a draft is at; those after it have been undone. */
  draft_step: Generated<number>
  send_at: Date | null
  /** The time zone in which somebody chose `send_at`; null: none was said. */
  send_zone: string | null
  /** The day on which a draft is meant to go out; for the calendar alone. */
  planned_on: string | null
  released_at: Date | null
  /** First day of the month of its release: the partition of its deliveries. */
  ledger_month: string | null
  /** The last subscriber that fan-out has reached. */
  fan_out_cursor: string | null
  fanned_out_at: Date | null
  finished_at: Date | null
  paused_by: string | null
  /** Why it paused itself; null when a person paused it. */
  pause_reason: string | null
  /** How many had been tried and refused when somebody let it go on after it had paused itself; null: never. */
  watched_from: ColumnType<
    { tried: number; refused: number } | null,
    string | null | undefined,
    string | null
  >
  /** Messages an hour at most; null: no limit of its own. */
  rate_per_hour: number | null
  canary: ColumnType<Canary | null, string | null | undefined, string | null>
  canary_status: 'running' | 'passed' | 'failed' | null
  subject_test: ColumnType<SubjectTest | null, string | null | undefined, string | null>
  /** When the subject for everybody else is chosen; null before the part has been sent to. */
  subject_decides_at: Date | null
  /** Which subject everybody else gets: 0 is the issue's own, 1 the first of the others; null: not chosen yet. */
  subject_winner: number | null
  /** 'YYYY-MM-DDTHH:MM' by each reader's own clock; null: everybody gets it at `send_at`. */
  own_time: string | null
  /** The digest that made it, and the day for which. */
  digest_id: string | null
  digest_on: string | null
  created_by: string | null
  created_at: Date
  updated_at: Date
  scheduled_balance: ColumnType<Balance | null, string | null | undefined, string | null>
  balance: ColumnType<Balance | null, string | null | undefined, string | null>
}

export type Issue = Selectable<IssueTable>
