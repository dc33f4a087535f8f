import type { Selectable } from 'kysely'

/** A mail that was rendered and recorded instead of sent, because this installation captures such mail. */
export type CapturedMailTable = {
  id: string
  captured_at: Date
  issue_id: string | null
  recipient: string
  subject: string
  message: Buffer
}

export type CapturedMail = Selectable<CapturedMailTable>
