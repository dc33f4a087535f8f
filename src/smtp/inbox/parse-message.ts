import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import type { Envelope } from './message-summary.js'
import type { StoredMessage } from './stored-message.js'

/** A message taken apart for reading. Everything in it was written by strangers. */
export type ParsedMessage = {
  id: string
  receivedAt: Date
  envelope: Envelope
  from: { name: string; address: string } | null
  to: { name: string; address: string }[]
  subject: string
  html: string | null
  text: string | null
  /** Every field in the order of the message, name as written, value unfolded. */
  headers: { name: string; value: string }[]
  attachments: ParsedAttachment[]
}

/** A part that is not the text; `contentId` without angle brackets. */
type ParsedAttachment = {
  filename: string
  mimeType: string
  contentId: string | null
  content: Buffer
}

/** Parses a whole message; what cannot be parsed comes back with its source as plain text, never as an error. */
export async function parseMessage(id: string, { envelope, content }: StoredMessage): Promise<ParsedMessage> {
  const email = await PostalMime.parse(content).catch((): Email => unreadable(content))
  return {
    id,
    receivedAt: new Date(Number(id) / 1000),
    envelope,
    from: mailboxes(email.from && [email.from])[0] ?? null,
    to: mailboxes(email.to),
    subject: email.subject ?? '',
    html: email.html ?? null,
    text: email.text ?? null,
    headers: email.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: email.attachments.map(toAttachment),
  }
}

function unreadable(content: Buffer): Email {
  return { headers: [], headerLines: [], attachments: [], text: content.toString('utf8') }
}

function mailboxes(addresses: Address[] | undefined): { name: string; address: string }[] {
  return (addresses ?? [])
    .flatMap((address) => address.group ?? address)
    .map(({ name, address }) => ({ name, address: address ?? '' }))
}

function toAttachment(
  { filename, mimeType, contentId, content }: Attachment,
  index: number,
): ParsedAttachment {
  return {
    filename: filename ?? `part-${index + 1}`,
    mimeType,
    contentId: contentId?.replace(/^<|>$/g, '') ?? null,
    content: typeof content === 'string' ? Buffer.from(content) : toBuffer(content),
  }
}

function toBuffer(content: ArrayBuffer | Uint8Array): Buffer {
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(new Uint8Array(content))
}
