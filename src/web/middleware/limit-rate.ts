import { createHmac } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { CompiledQuery } from 'kysely'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../../context.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'

type Needs = Pick<Context, 'db' | 'keys'>

/** So many attempts in so many seconds, counted for all web processes together. */
export type RateLimit = { name: string; attempts: number; seconds: number }

export type RateLimiter = {
  /** Counts one attempt; the seconds to wait when it was one too many, else null. */
  take(who: string): Promise<number | null>
  /** Forgets the attempts of somebody. */
  forget(who: string): Promise<void>
}

/** A limiter on the shared database; whom it counts is kept only as a keyed hash. */
export function createRateLimiter({ db, keys }: Needs, { name, attempts, seconds }: RateLimit): RateLimiter {
  const query = ({ text, values }: { text: string; values: unknown[] }) =>
    db.executeQuery(CompiledQuery.raw(text, values)).then(({ rows }) => ({ rows, rowCount: rows.length }))
  const limiter = new RateLimiterPostgres({
    storeClient: { query },
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: name,
    points: attempts,
    duration: seconds,
  })
  const keyOf = (who: string) => createHmac('sha256', keys[0].bytes).update(who).digest('base64url')
  return {
    take: (who) =>
      limiter.consume(keyOf(who)).then(
        () => null,
        (refusal: unknown) => {
          if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000)
          throw refusal
        },
      ),
    forget: async (who) => {
      await limiter.delete(keyOf(who))
    },
  }
}

/** The network that a request comes from: an IPv4 address, or the first 64 bits of an IPv6 one, which is one household. */
export function networkOf(req: Pick<Request, 'ip'>): string {
  const ip = (req.ip ?? '').replace(/^::ffff:(?=\d+\.)/, '')
  return ip.includes(':') ? firstHalf(ip) : ip
}

/** The wider network that a request comes from: the first 24 bits of an IPv4 address, or what `networkOf` says of an IPv6 one. */
export function neighbourhoodOf(req: Pick<Request, 'ip'>): string {
  const network = networkOf(req)
  return network.includes(':') ? network : network.replace(/\.\d+$/, '.0/24')
}

/** Counts every request per network and answers 429 with a friendly page when there are too many. */
export function limitRate(ctx: Needs, limit: RateLimit): RequestHandler {
  const limiter = createRateLimiter(ctx, limit)
  return async (req, res, next) => {
    const wait = await limiter.take(networkOf(req))
    if (wait === null) return next()
    const language = pageLanguage(req)
    const { tooFastTitle: title, tooFastText: text } = messagesFor(language).pages
    const view = { layout: 'subscriber', language, title, text }
    res.status(429).set('Retry-After', String(wait)).render('error', view)
  }
}

function firstHalf(ip: string): string {
  const [head = '', tail] = ip.split('::')
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
