import PostalMime from 'postal-mime'
import type { Mail, WireMessage } from '../../src/smtp/mailer.js'

/** What a wire-ready message says, read as a mail program reads it. */
export async function readMessage({ chunks, envelope }: WireMessage): Promise<Mail> {
  const read = await PostalMime.parse(Buffer.concat(chunks))
  const mailbox = (found?: { name?: string | undefined; address?: string | undefined }) => ({
    name: found?.name ?? '',
    address: found?.address ?? '',
  })
  return {
    from: mailbox(read.from),
    to: mailbox(read.to?.[0]),
    ...(read.replyTo?.[0] ? { replyTo: mailbox(read.replyTo[0]) } : {}),
    subject: read.subject ?? '',
    html: read.html ?? '',
    text: read.text ?? '',
    messageId: read.messageId ?? '',
    date: new Date(read.date ?? 0),
    headers: Object.fromEntries(read.headers.map(({ originalKey, value }) => [originalKey, value])),
    envelope,
  }
}
