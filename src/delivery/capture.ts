import { newId } from '../../db/uuid.js'
import type { CaptureRules } from '../capture-rules.js'
import type { Context } from '../context.js'
import type { WireMessage } from '../smtp/mailer.js'

/** Whether mail to an address (in its comparable form) is recorded instead of sent. */
export function isCaptured(rules: CaptureRules | null, address: string): boolean {
  return rules !== null && rules.captures(address)
}

/** Records a mail as it would have been sent. */
export async function captureMail(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, message }: { issueId: string | null; message: Pick<WireMessage, 'envelope' | 'chunks'> },
): Promise<void> {
  const now = clock.now()
  const bytes = Buffer.concat(message.chunks)
  const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n')).toString()
  await db
    .insertInto('captured_mail')
    .values({
      id: newId(now),
      captured_at: now,
      issue_id: issueId,
      recipient: message.envelope.to,
      subject: (/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? '').replace(/\r\n/g, ''),
      message: bytes,
    })
    .execute()
}
