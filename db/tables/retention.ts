import type { Generated, Selectable } from 'kysely'

/** For how long anything is kept; one row. */
export type RetentionTable = {
  id: number
  /** Sign-ups that nobody confirmed, after their link has run out. */
  unconfirmed_days: Generated<number>
  /** What became of each person's mail; the sums of an issue stay. */
  delivery_months: Generated<number>
  /** Trouble with mail servers. */
  trouble_days: Generated<number>
  captured_days: Generated<number>
  audit_months: Generated<number>
  /** Sessions and one-time links after their end. */
  session_days: Generated<number>
  /** Evidence of consent after an erasure; 0: none is kept. */
  evidence_months: Generated<number>
  /** Mails to one person about their own affairs, and what was typed at a sign-up once it is confirmed. */
  mail_days: Generated<number>
  /** Why somebody left. */
  reason_months: Generated<number>
  /** Refused rows of an import after its end. */
  refusal_days: Generated<number>
  /** Imports that nobody has started, or gone on with. */
  draft_days: Generated<number>
  /** What subscribers were like before an act on many, which can be taken back for so long. */
  undo_days: Generated<number>
}

export type Retention = Selectable<RetentionTable>
