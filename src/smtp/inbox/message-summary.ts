import { addressParser, decodeWords } from 'postal-mime'

/** Who the sending server named: MAIL FROM (empty for a bounce) and every RCPT TO. */
export type Envelope = { from: string; to: string[] }

/** One line of the message list. Everything in it was written by strangers: escape it wherever it is shown. */
export type MessageSummary = {
  /** Sixteen digits that grow with time: microseconds since 1970, made unique. */
  id: string
  receivedAt: Date
  envelope: Envelope
  /** The From header as people read it; empty when there is none. */
  from: string
  subject: string
  /** In bytes, as received. */
  size: number
}

/** What arrived, or the first part of it that holds the header. */
export type Arrival = { id: string; envelope: Envelope; size: number; content: Buffer }

const LONGEST_HEADER_BYTES = 64 * 1024

/** Reads what the list shows from the header of a message, without touching its body. */
export function summarise({ id, envelope, size, content }: Arrival): MessageSummary {
  const header = headerText(content)
  return {
    id,
    receivedAt: new Date(Number(id) / 1000),
    envelope,
    from: readFrom(field(header, 'from')),
    subject: decodeWords(field(header, 'subject')),
    size,
  }
}

function headerText(content: Buffer): string {
  const start = content.subarray(0, LONGEST_HEADER_BYTES)
  const end = start.indexOf('\r\n\r\n')
  return start.toString('utf8', 0, end === -1 ? start.length : end)
}

// First field of that name, unfolded (RFC 5322 §2.2.3).
function field(header: string, name: string): string {
  const found = new RegExp(`^${name}[ \\t]*:([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(header)
  return (found?.[1] ?? '').replace(/\r?\n/g, '').trim()
}

function readFrom(value: string): string {
  const [first] = addressParser(value, { flatten: true })
  if (!first) return value
  const name = decodeWords(first.name)
  if (!name) return first.address ?? ''
  return first.address ? `${name} <${first.address}>` : name
}
