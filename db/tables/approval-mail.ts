import type { Selectable } from 'kysely'

/** A mail that tells a colleague of a word in an approval; `sent_at` is null until a mail server took it. */
export type ApprovalMailTable = {
  approval_id: string
  account_id: string
  sent_at: Date | null
}

export type ApprovalMail = Selectable<ApprovalMailTable>
