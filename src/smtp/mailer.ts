/** A display name with exactly one addr-spec (RFC 5322 §3.4.1). */
export type Mailbox = { name: string; address: string }

/** One message to one person, ready for a transport; never a list of recipients. */
export type Mail = {
  from: Mailbox
  to: Mailbox
  replyTo?: Mailbox
  subject: string
  html: string
  text: string
  /** With angle brackets; a retry of the same delivery keeps it (RFC 5322 §3.6.4). */
  messageId: string
  date: Date
  /** Header values without CR or LF; sent unfolded where the transport can. */
  headers: Readonly<Record<string, string>>
  envelope: { from: string; to: string }
}

/** Where an attempt ended; `compose` is before any connection, when a mail could not even be made. */
export type SmtpStage = 'compose' | 'connect' | 'auth' | 'mail-from' | 'recipient' | 'data'

/** What SMTP said, as text that may be shown to an operator. */
export type SmtpReply = { stage: SmtpStage; code: number | null; enhancedCode: string | null; text: string }

/**
 * How one attempt ended. `accepted`, `deferred` and `rejected` are the server's word about this reader; `unknown`
 * means the connection was lost after the final dot (RFC 1047); `unavailable` is our own trouble (connect, AUTH,
 * MAIL FROM) and says nothing about the reader.
 */
export type Outcome =
  | { kind: 'accepted'; reply: SmtpReply }
  | { kind: 'deferred'; reply: SmtpReply }
  | { kind: 'rejected'; reply: SmtpReply }
  | { kind: 'unknown'; reply: SmtpReply }
  | { kind: 'unavailable'; reply: SmtpReply }

/** Sends one mail at a time over pooled connections; never throws for what the network or the server does. */
export type Mailer = {
  send(mail: Mail): Promise<Outcome>
  /** Largest number of messages that may be on the wire at once. */
  readonly connections: number
  close(): Promise<void>
}
