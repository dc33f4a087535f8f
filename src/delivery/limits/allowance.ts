import type { Database } from '../../../db/database.js'
import { type Rate, takeTokens } from './token-bucket.js'

// A worker takes half a second's worth at once: two statements a second, however fast the sending.
const BULK_S = 0.5
const BULK_MAX = 2000
const LOOK_AGAIN_MS = 100
// A limit that has run dry is asked again this often at least, since somebody may have raised it.
const BELIEVED_MS = 1000
const LONGEST_WAIT_MS = 60_000

/** A rate, and when more will come if it has run dry for good (a daily ceiling). */
export type Limit = Rate & { refillsAt?: Date }

/** This worker's share of the rates that all workers have in common, taken in bulk. */
export class Allowance {
  readonly #db: Database
  readonly #now: () => Date
  readonly #stock = new Map<string, number>()
  readonly #dry = new Map<string, { until: Date; askAgainAt: number }>()
  readonly #asking = new Map<string, Promise<void>>()

  constructor(db: Database, now: () => Date) {
    this.#db = db
    this.#now = now
  }

  /** Takes one message's worth of every limit and says null, or says when to ask again. */
  async take(limits: readonly Limit[]): Promise<Date | null> {
    for (const limit of limits) {
      if (this.#has(limit)) continue
      const dry = this.#dry.get(limit.key)
      if (dry && dry.askAgainAt > this.#now().getTime()) return dry.until
      await this.#refill(limit)
      if (!this.#has(limit)) return this.#ranDry(limit)
    }
    // While one limit was being asked for, another reader may have taken the last of a second one.
    if (!limits.every((limit) => this.#has(limit))) return this.take(limits)
    for (const { key } of limits) this.#stock.set(key, (this.#stock.get(key) ?? 0) - 1)
    return null
  }

  #has({ key }: Limit): boolean {
    return (this.#stock.get(key) ?? 0) >= 1
  }

  #ranDry({ key, perSecond, refillsAt }: Limit): Date {
    const now = this.#now().getTime()
    const wait = refillsAt ? refillsAt.getTime() - now : Math.min(1000 / perSecond, LONGEST_WAIT_MS)
    const until = new Date(now + Math.max(wait, LOOK_AGAIN_MS))
    const askAgainAt = Math.min(until.getTime(), now + BELIEVED_MS)
    this.#dry.set(key, { until, askAgainAt })
    return until
  }

  #refill(limit: Limit): Promise<void> {
    const asking = this.#asking.get(limit.key) ?? this.#ask(limit)
    this.#asking.set(limit.key, asking)
    return asking
  }

  async #ask(limit: Limit): Promise<void> {
    const share = Math.ceil((limit.perSecond || limit.burst / 3600) * BULK_S)
    const want = Math.max(1, Math.min(share, BULK_MAX))
    try {
      const taken = await takeTokens(this.#db, limit, { want, now: this.#now() })
      this.#stock.set(limit.key, (this.#stock.get(limit.key) ?? 0) + taken)
    } finally {
      this.#asking.delete(limit.key)
    }
  }
}
