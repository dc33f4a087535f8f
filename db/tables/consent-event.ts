import type { Generated, Selectable } from 'kysely'

/** Evidence of what somebody agreed to or withdrew; the database refuses to change it. */
export type ConsentEventTable = {
  id: string
  subscriber_id: string
  list_id: string | null
  issue_id: string | null
  kind:
    | 'requested'
    | 'confirmed'
    | 'added'
    | 'withdrawn'
    /** A coordinator had added them by mistake: the person has said nothing. */
    | 'add-undone'
    | 'tracking-allowed'
    | 'tracking-refused'
    | 'address-changed'
  channel: string
  consent_text: string | null
  /** In which the text was shown. */
  language: string | null
  /** The sign-up form that it was given by, in the version that was shown; both or neither. */
  form_id: Generated<string | null>
  form_version: Generated<number | null>
  /** The mail whose link was followed: its Message-ID, which words and look it had, when it was sent. */
  message_id: string | null
  template_version: Generated<string | null>
  mail_sent_at: Generated<Date | null>
  note: string | null
  occurred_at: Date
}

export type ConsentEvent = Selectable<ConsentEventTable>
