import type { Envelope } from './message-summary.js'

/** A message file taken apart: what the sending server said, and the bytes as received. */
export type StoredMessage = { envelope: Envelope; content: Buffer }

const ENVELOPE_FIELD = 'X-Carillon-Envelope: '

/** Puts the envelope as one more header field before the message, so that the file stays a mail any program opens. */
export function toStoredBytes(envelope: Envelope, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${ENVELOPE_FIELD}${JSON.stringify(envelope)}\r\n`), content])
}

/** Takes a message file (or the beginning of one) apart; a file that was put there by hand has an empty envelope. */
export function fromStoredBytes(bytes: Buffer): StoredMessage {
  const end = bytes.indexOf('\r\n')
  const line = end === -1 ? '' : bytes.toString('utf8', 0, end)
  const envelope = line.startsWith(ENVELOPE_FIELD)
    ? parseEnvelope(line.slice(ENVELOPE_FIELD.length))
    : undefined
  return envelope
    ? { envelope, content: bytes.subarray(end + 2) }
    : { envelope: { from: '', to: [] }, content: bytes }
}

function parseEnvelope(json: string): Envelope | undefined {
  try {
    const { from, to } = JSON.parse(json) as { from?: unknown; to?: unknown }
    if (typeof from !== 'string' || !Array.isArray(to)) return undefined
    return { from, to: to.filter((address) => typeof address === 'string') }
  } catch {
    return undefined
  }
}
