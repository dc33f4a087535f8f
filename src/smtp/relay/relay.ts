import { ConfigError } from '../../config-error.js'

/** A mail server that takes our mail onward, and how much of it. */
export type Relay = {
  /** Shown to operators; never holds the password. */
  name: string
  host: string
  port: number
  /** TLS from the first byte (RFC 8314). */
  secure: boolean
  requireTls: boolean
  auth: RelayAuth | null
  /** Share of the messages, among the relays that have room. */
  weight: number
  /** Connections that one process keeps to it. */
  connections: number
  /** Messages on one connection before a new one is opened. */
  messages: number
  /** Accepts certificates that no authority vouches for; for tests and closed networks. */
  trustAnyCertificate: boolean
}

/** A password, or OAuth2 with a token or what is needed to get one (XOAUTH2). */
export type RelayAuth =
  | { type: 'login'; user: string; pass: string }
  | {
      type: 'oauth2'
      user: string
      accessToken?: string
      clientId?: string
      clientSecret?: string
      refreshToken?: string
      accessUrl?: string
    }

const DEFAULT_MESSAGES = 1000

/**
 * Reads one or several relays from space-separated URLs, `smtps://user:password@host:465?weight=3&connections=10`. Parameters: name,
 * weight (1), connections, messages (1000), tls=required|optional|any (required where there is a password), and for OAuth2 auth=oauth2 with token, or clientId, clientSecret,
 * refreshToken and accessUrl. Throws `ConfigError` that never quotes a URL.
 */
export function parseRelays(text: string, defaults: { connections: number }): [Relay, ...Relay[]] {
  const [first, ...others] = text
    .split(/\s+/)
    .filter(Boolean)
    .map((url, index) => parseRelay(url, { ...defaults, number: index + 1 }))
  if (!first) throw new ConfigError('SMTP_URL names no mail server.')
  const relays: [Relay, ...Relay[]] = [first, ...others]
  if (new Set(relays.map(({ name }) => name)).size !== relays.length)
    throw new ConfigError('SMTP_URL names two mail servers alike; tell them apart with ?name=')
  return relays
}

function parseRelay(text: string, { connections, number }: { connections: number; number: number }): Relay {
  const problem = (what: string) => new ConfigError(`SMTP_URL, mail server ${number}: ${what}`)
  if (!URL.canParse(text)) throw problem('this is not a URL.')
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  if (!secure && url.protocol !== 'smtp:') throw problem('it must begin with smtp:// or smtps://.')
  if (url.hostname === '') throw problem('it names no host.')
  const whole = (key: string, fallback: number, max: number) => {
    const value = Number(url.searchParams.get(key) ?? fallback)
    if (Number.isInteger(value) && value >= 1 && value <= max) return value
    throw problem(`${key} must be a whole number from 1 to ${max}.`)
  }
  const port = url.port ? Number(url.port) : secure ? 465 : 587
  const tls = url.searchParams.get('tls')
  return {
    name: url.searchParams.get('name') ?? `${url.hostname}:${port}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure,
    requireTls: tls === 'required' || (tls === null && url.username !== '' && !isThisMachine(url.hostname)),
    trustAnyCertificate: tls === 'any',
    auth: authOf(url),
    weight: whole('weight', 1, 1000),
    connections: whole('connections', connections, 500),
    messages: whole('messages', DEFAULT_MESSAGES, 1_000_000),
  }
}

// A password never leaves the machine in clear text unless somebody asks for that.
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host)
}

function authOf(url: URL): RelayAuth | null {
  const user = decodeURIComponent(url.username)
  const given = (key: string) => url.searchParams.get(key) ?? undefined
  if (url.searchParams.get('auth') === 'oauth2') {
    const [accessToken, clientId, clientSecret, refreshToken, accessUrl] = [
      given('token'),
      given('clientId'),
      given('clientSecret'),
      given('refreshToken'),
      given('accessUrl'),
    ]
    return {
      type: 'oauth2',
      user,
      ...(accessToken ? { accessToken } : {}),
      ...(clientId ? { clientId } : {}),
      ...(clientSecret ? { clientSecret } : {}),
      ...(refreshToken ? { refreshToken } : {}),
      ...(accessUrl ? { accessUrl } : {}),
    }
  }
  return user === '' ? null : { type: 'login', user, pass: decodeURIComponent(url.password) }
}
