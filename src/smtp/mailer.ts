import type { ReplyClass } from './reply-class.js'

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

/** One message in the bytes that go over the wire: CRLF line ends, no line begins with a dot. */
export type WireMessage = {
  envelope: { from: string; to: string }
  chunks: readonly Buffer[]
  /** In bytes. */
  size: number
  needsSmtpUtf8: boolean
  /** What bounces name the message by (RFC 3461 ENVID); null: nothing. */
  envelopeId: string | null
}

/** Where an attempt ended; `compose` is before any connection, when a mail could not even be made. */
export type SmtpStage = 'compose' | 'connect' | 'auth' | 'mail-from' | 'recipient' | 'data'

/** What SMTP said, as text that may be shown to an operator; a refusal says what it means. */
export type SmtpReply = {
  stage: SmtpStage
  code: number | null
  enhancedCode: string | null
  text: string
  class?: ReplyClass
}

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

/** Trouble of ours with a mail server: it rests until then. */
export type RelayTrouble = { relay: string; reply: SmtpReply; until: Date }

export type RelayWatcher = { troubled(trouble: RelayTrouble): void; recovered(relay: string): void }

/** Sends mail over pooled connections; never throws for what the network or a server does, and never sends anything twice. */
export type Mailer = {
  /** Composes and sends one mail: for what is written to one person. */
  send(mail: Mail): Promise<Outcome>
  /** Sends one message of an issue. */
  deliver(message: WireMessage): Promise<Outcome>
  /** Connections for bulk mail; at most twice as many messages are on their way at once. */
  readonly connections: number
  /** Until when every mail server rests because of trouble of ours; null while one of them works. */
  restsUntil(): Date | null
  /** Lets a mail server rest, or work again (null), because another process has found out. */
  rest(relay: string, until: Date | null): void
  /** Who is told when a mail server gets into trouble of ours, and when it works again. */
  watch(watcher: RelayWatcher): void
  close(): Promise<void>
}
