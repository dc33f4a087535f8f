import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { MessageStore } from './message-store.js'

/** The SMTP side of the inbox. */
export type MailReceiver = { smtpUrl: string; close(): Promise<void> }

type ReceiverOptions = { port: number; store: MessageStore; log: (sentence: string) => void }

const LARGEST_MESSAGE_BYTES = 25 * 1024 * 1024
const IDLE_TIMEOUT_MS = 10 * 60 * 1000
const CLOSE_TIMEOUT_MS = 1000

/** Listens on 127.0.0.1 (port 0: any free one) and takes every message for every address, with or without a password. */
export async function receiveMail({ port, store, log }: ReceiverOptions): Promise<MailReceiver> {
  const server = new SMTPServer({
    banner: 'Carillon inbox: everything stays here',
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    logger: false,
    size: LARGEST_MESSAGE_BYTES,
    rejectOversized: true,
    socketTimeout: IDLE_TIMEOUT_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    onData: (stream, session, done) => {
      keep(stream, session, store).then(
        (id) => done(null, `kept as ${id}`),
        (error: unknown) => {
          log(`The inbox could not keep a message: ${String(error)}`)
          done(
            Object.assign(new Error('the inbox could not write the message to disk'), {
              responseCode: 451,
            }),
          )
        },
      )
    },
  })
  await listen(server, port)
  // Clients that hang up in the middle are no trouble of ours.
  server.on('error', () => undefined)
  const { port: bound } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${bound}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function listen(server: SMTPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function keep(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  store: MessageStore,
): Promise<string> {
  const { mailFrom, rcptTo } = session.envelope
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded) chunks.length = 0
    else chunks.push(chunk)
  }
  if (stream.sizeExceeded) return 'nothing'
  return store.add(envelope, Buffer.concat(chunks))
}
