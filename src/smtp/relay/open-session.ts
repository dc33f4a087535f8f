import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'
import XOAuth2 from 'nodemailer/lib/xoauth2/index.js'
import type { Relay } from './relay.js'

/** A session that has been greeted, secured and signed in, ready for MAIL; whoever holds it owns the socket. */
export type Session = {
  socket: Socket
  pipelining: boolean
  eightBitMime: boolean
  smtpUtf8: boolean
  /** Delivery status notifications (RFC 3461). */
  dsn: boolean
  /** Whether SIZE was offered, and the largest message in bytes (0: not said). */
  size: { offered: boolean; max: number }
}

// RFC 5321 §4.5.3.2.1: five minutes for the greeting.
const GREETING_MS = 5 * 60_000
const CONNECT_MS = 60_000

// What nodemailer keeps to itself; its own pool is no use for pipelining, but its way to a signed-in session is.
type Handover = {
  _socket: Socket
  _supportedExtensions: readonly string[]
  _maxAllowedSize: number
  _onSocketData: () => void
  _onSocketError: () => void
  _onSocketClose: () => void
  _onSocketEnd: () => void
  _onSocketTimeout: () => void
}

/** Connects, greets, secures and signs in as the relay asks; rejects with nodemailer's error when any of that fails. */
export function openSession(relay: Relay): Promise<Session> {
  const connection = new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: relay.requireTls,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    ...(relay.trustAnyCertificate ? { tls: { rejectUnauthorized: false } } : {}),
  })
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      connection.close()
      reject(error)
    }
    connection.once('error', fail)
    connection.connect((problem) => {
      if (problem) return fail(problem)
      const ready = () => resolve(takeOver(connection))
      if (!relay.auth || !connection.allowsAuth) {
        if (relay.auth) return fail(withoutAuth())
        return ready()
      }
      connection.login(credentials(relay.auth), (refusal) => (refusal ? fail(refusal) : ready()))
    })
  })
}

function withoutAuth(): Error {
  return Object.assign(new Error('The server does not let anybody sign in.'), {
    code: 'EAUTH',
    command: 'AUTH',
  })
}

function credentials(auth: NonNullable<Relay['auth']>) {
  if (auth.type === 'login') return { user: auth.user, pass: auth.pass, credentials: auth }
  return { type: 'OAUTH2', method: 'XOAUTH2', user: auth.user, oauth2: new XOAuth2(auth) }
}

function takeOver(connection: SMTPConnection): Session {
  const inner = connection as unknown as Handover
  const { _socket: socket, _supportedExtensions: offered } = inner
  socket.removeListener('data', inner._onSocketData)
  socket.removeListener('error', inner._onSocketError)
  socket.removeListener('close', inner._onSocketClose)
  socket.removeListener('end', inner._onSocketEnd)
  socket.removeListener('timeout', inner._onSocketTimeout)
  socket.setTimeout(0)
  return {
    socket,
    pipelining: offered.includes('PIPELINING'),
    eightBitMime: offered.includes('8BITMIME'),
    smtpUtf8: offered.includes('SMTPUTF8'),
    dsn: offered.includes('DSN'),
    size: { offered: offered.includes('SIZE'), max: inner._maxAllowedSize },
  }
}
