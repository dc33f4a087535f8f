import { decodeWords } from 'postal-mime'
import type { Database } from '../db/database.js'
import { newId } from '../db/uuid.js'
import type { Clock } from './clock.js'

/** Records a mail as it would have been sent. */
export async function captureMail(
  { db, clock }: { db: Database; clock: Clock },
  { issueId, recipient, message }: { issueId: string | null; recipient: string; message: Buffer },
): Promise<void> {
  const now = clock.now()
  const head = message.subarray(0, message.indexOf('\r\n\r\n')).toString()
  await db
    .insertInto('captured_mail')
    .values({
      id: newId(now),
      captured_at: now,
      issue_id: issueId,
      recipient,
      subject: subjectIn(head),
      message,
    })
    .execute()
}

function subjectIn(head: string): string {
  const field = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? ''
  return decodeWords(field.replace(/\r\n/g, ''))
}
