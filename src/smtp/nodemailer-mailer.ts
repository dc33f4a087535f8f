import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { classifyError, localRefusal } from './classify-error.js'
import type { Mail, Mailer, Outcome } from './mailer.js'

type SentInfo = { response: string }

// RFC 5321 §4.5.3.2: 5 minutes for the greeting and most commands, 10 for the reply to the final dot.
const GREETING_MS = 5 * 60_000
const FINAL_REPLY_MS = 10 * 60_000

/** A mailer on nodemailer's pool: one message a call, explicit envelope, never a second try of its own. */
export function createNodemailerMailer({ url, connections }: { url: string; connections: number }): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: 1000,
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    greetingTimeout: GREETING_MS,
    socketTimeout: FINAL_REPLY_MS,
  } as Parameters<typeof createTransport>[0])
  return {
    connections,
    send: async (mail) => {
      const refusal = localRefusal(mail)
      if (refusal) return refusal
      return sendRaw(transport as unknown as RawTransport, mail.envelope, await compose(mail))
    },
    close: async () => transport.close(),
  }
}

type RawTransport = { sendMail(message: { envelope: Mail['envelope']; raw: Readable }): Promise<SentInfo> }

async function sendRaw(
  transport: RawTransport,
  envelope: Mail['envelope'],
  message: Buffer,
): Promise<Outcome> {
  // The socket has taken the whole body once the source has ended: from then on a lost connection is doubt.
  let written = false
  const raw = Readable.from([message])
  raw.once('end', () => {
    written = true
  })
  try {
    const { response } = await transport.sendMail({ envelope, raw })
    const code = Number(/^\d{3}/.exec(response)?.[0] ?? 250)
    const enhancedCode = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1] ?? null
    return { kind: 'accepted', reply: { stage: 'data', code, enhancedCode, text: response } }
  } catch (error) {
    return classifyError(error, written)
  }
}

/** The MIME message: multipart/alternative, text first, one of each header. */
function compose(mail: Mail): Promise<Buffer> {
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
