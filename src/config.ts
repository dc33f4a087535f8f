import { z } from 'zod'
import { type CaptureRules, parseCaptureRules } from './capture-rules.js'
import { ConfigError } from './config-error.js'

const emptyAsUnset = (value: unknown) => (value === '' ? undefined : value)
const port = (fallback: number) =>
  z.preprocess(emptyAsUnset, z.coerce.number().int().min(0).max(65_535).default(fallback))
const optionalUrl = (protocols: RegExp) =>
  z.preprocess(emptyAsUnset, z.url({ protocol: protocols }).optional())
const optionalDomain = z.preprocess(
  emptyAsUnset,
  z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/)
    .optional(),
)

const Environment = z.object({
  DATABASE_URL: optionalUrl(/^postgres(ql)?$/),
  REDIS_URL: optionalUrl(/^rediss?$/),
  SMTP_URL: z.preprocess(emptyAsUnset, z.string().optional()),
  SMTP_TRANSPORT: z.preprocess(emptyAsUnset, z.enum(['pipelining', 'nodemailer']).default('pipelining')),
  PORT: port(3000),
  HOST: z.preprocess(emptyAsUnset, z.string().optional()),
  PUBLIC_URL: optionalUrl(/^https?$/),
  SECRET_KEYS: z.preprocess(emptyAsUnset, z.string().optional()),
  INBOX_PORT: port(1080),
  INBOX_SMTP_PORT: port(1025),
  BOUNCE_DOMAIN: optionalDomain,
  UNSUBSCRIBE_DOMAIN: optionalDomain,
  CAPTURE_MAIL: z.preprocess(emptyAsUnset, z.string().default('')),
  CARILLON_HOME: z.preprocess(emptyAsUnset, z.string().default('.carillon')),
  PICTURES_DIR: z.preprocess(emptyAsUnset, z.string().optional()),
  SMTP_CONNECTIONS: z.preprocess(emptyAsUnset, z.coerce.number().int().min(1).max(100).default(5)),
  SENDER_ID: z.preprocess(
    emptyAsUnset,
    z
      .string()
      .regex(/^[A-Za-z0-9]{5,15}$/)
      .default('carillon'),
  ),
  LOG_LEVEL: z.preprocess(
    emptyAsUnset,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  TRUST_PROXY: z.preprocess(emptyAsUnset, z.coerce.number().int().min(0).max(10).default(0)),
})

/** Everything the processes are told from outside, parsed once. Secrets live apart, in `Secrets`. */
export type Config = {
  databaseUrl: string | null
  redisUrl: string | null
  /** One or several relays; `parseRelays` reads them. */
  smtpUrl: string | null
  smtpTransport: 'pipelining' | 'nodemailer'
  port: number
  host: string
  /** Origin of every link that leaves the house, without a trailing slash. */
  publicUrl: string
  inbox: { webPort: number; smtpPort: number }
  /** Where bounces go, each delivery to an address of its own; null: to the sender. */
  bounceDomain: string | null
  /** Where readers may write to unsubscribe, each delivery at an address of its own; null: nowhere. */
  unsubscribeDomain: string | null
  /** Mail that is recorded instead of sent; null: none. */
  capture: CaptureRules | null
  /** Folder for what the embedded parts keep. */
  home: string
  /** Folder of the pictures when they are not in a bucket; null: `pictures` in `home`. */
  picturesDir: string | null
  smtpConnections: number
  /** Last field of Feedback-ID: 5 to 15 letters or digits that never change. */
  senderId: string
  logLevel: string
  /** Number of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: number
}

/** Reads the environment; unset means the embedded default. Throws `ConfigError` naming each wrong variable. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`Some settings cannot be used.\n${lines.join('\n')}`)
  }
  const env = parsed.data
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    smtpUrl: env.SMTP_URL ?? null,
    smtpTransport: env.SMTP_TRANSPORT,
    port: env.PORT,
    host: env.HOST ?? (env.DATABASE_URL ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    inbox: { webPort: env.INBOX_PORT, smtpPort: env.INBOX_SMTP_PORT },
    bounceDomain: env.BOUNCE_DOMAIN ?? null,
    unsubscribeDomain: env.UNSUBSCRIBE_DOMAIN ?? null,
    capture: parseCaptureRules(env.CAPTURE_MAIL),
    home: env.CARILLON_HOME,
    picturesDir: env.PICTURES_DIR ?? null,
    smtpConnections: env.SMTP_CONNECTIONS,
    senderId: env.SENDER_ID,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUST_PROXY,
  }
}

/** The SECRET_KEYS variable, kept out of `Config` so that it is never printed with it. */
export function readSecretKeys(environment: NodeJS.ProcessEnv = process.env): string | null {
  return environment['SECRET_KEYS'] || null
}

/** The DKIM_KEYS variable, kept out of `Config` for the same reason. */
export function readDkimKeys(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['DKIM_KEYS'] ?? ''
}

/** The PICTURES_S3_URL variable, which holds a key: kept out of `Config` for the same reason. */
export function readPicturesS3Url(environment: NodeJS.ProcessEnv = process.env): string | null {
  return environment['PICTURES_S3_URL'] || null
}
