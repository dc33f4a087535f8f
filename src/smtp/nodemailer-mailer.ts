import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { classifyError, localRefusal } from './classify-error.js'
import { type DkimSigner, signMessage } from './dkim/dkim-signer.js'
import type { Mail, Outcome, WireMessage } from './mailer.js'
import type { Relay, RelayAuth } from './relay/relay.js'

type SentInfo = { response: string }

// RFC 5321 §4.5.3.2: 5 minutes for the greeting and most commands, 10 for the reply to the final dot.
const GREETING_MS = 5 * 60_000
const FINAL_REPLY_MS = 10 * 60_000

/** Composed and wire-ready mail through nodemailer; what a `Mailer` is made of. */
export type NodemailerTransport = {
  send(mail: Mail): Promise<Outcome>
  deliver(message: WireMessage): Promise<Outcome>
  close(): void
}

/** Nodemailer's pool for one relay: one message a call, explicit envelope, never a second try of its own. */
export function createNodemailerTransport(
  relay: Relay,
  dkim: ReadonlyMap<string, DkimSigner> = new Map(),
): NodemailerTransport {
  const transport = createTransport({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: relay.requireTls,
    ...(relay.auth ? { auth: authOf(relay.auth) } : {}),
    ...(relay.trustAnyCertificate ? { tls: { rejectUnauthorized: false } } : {}),
    pool: true,
    maxConnections: relay.connections,
    maxMessages: relay.messages,
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    greetingTimeout: GREETING_MS,
    socketTimeout: FINAL_REPLY_MS,
  } as Parameters<typeof createTransport>[0]) as unknown as RawTransport & { close(): void }
  noteWhenWritten(transport)
  const sendOne = async (envelope: Mail['envelope'], raw: () => Buffer | Promise<Buffer>) =>
    localRefusal({ envelope }) ?? sendRaw(transport, { envelope, raw: await raw(), wire: { written: false } })
  return {
    send: (mail) => sendOne(mail.envelope, () => composeSigned(mail, dkim)),
    deliver: ({ envelope, chunks }) => sendOne(envelope, () => Buffer.concat(chunks)),
    close: () => transport.close(),
  }
}

function authOf(auth: RelayAuth) {
  return auth.type === 'login' ? { user: auth.user, pass: auth.pass } : { ...auth, type: 'OAuth2' }
}

type Sending = { envelope: Mail['envelope']; raw: Buffer; wire: { written: boolean } }
type RawTransport = {
  sendMail(message: Sending): Promise<SentInfo>
  use(step: 'stream', plugin: (mail: Compiled, done: () => void) => void): void
}
type Compiled = { data: Sending; message: { createReadStream(options?: object): Readable } }

/**
 * Notes on each message when the connection has taken its last byte, for a connection that is lost after that is doubt.
 * Only the last stream of nodemailer's chain tells: those before it end as soon as the message fits their buffers.
 */
function noteWhenWritten(transport: RawTransport): void {
  transport.use('stream', ({ data, message }, done) => {
    const create = message.createReadStream.bind(message)
    message.createReadStream = (options) =>
      create(options).once('end', () => {
        data.wire.written = true
      })
    done()
  })
}

async function sendRaw(transport: RawTransport, sending: Sending): Promise<Outcome> {
  try {
    const { response } = await transport.sendMail(sending)
    const code = Number(/^\d{3}/.exec(response)?.[0] ?? 250)
    const enhancedCode = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1] ?? null
    return { kind: 'accepted', reply: { stage: 'data', code, enhancedCode, text: response } }
  } catch (error) {
    return classifyError(error, sending.wire.written)
  }
}

// Nodemailer signs, too, but leaves List-Unsubscribe-Post out of what it signs.
async function composeSigned(mail: Mail, dkim: ReadonlyMap<string, DkimSigner>): Promise<Buffer> {
  const message = await composeMail(mail)
  const { address } = mail.from
  const signer = dkim.get(address.slice(address.lastIndexOf('@') + 1).toLowerCase())
  return signer ? signMessage(signer, message, mail.date) : message
}

/** The MIME message: multipart/alternative, text first, one of each header. */
export function composeMail(mail: Mail): Promise<Buffer> {
  const headers = Object.entries(mail.headers).map(([key, value]) => ({ key, value: plainHeader(value) }))
  const composer = new MailComposer({
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: mail.date,
    headers: headers as never,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0])
  return composer.compile().build()
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}

/** Unfolded, so that no relay signs a folded value differently; a long text with other letters is left to nodemailer. */
function plainHeader(value: string): string | { prepared: true; foldLines: false; value: string } {
  const line = oneLine(value)
  return /^[ -~]*$/.test(line) && line.length < 900 ? { prepared: true, foldLines: false, value: line } : line
}
