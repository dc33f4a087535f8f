import type { Database } from '../../../db/database.js'
import { type Rate, takeTokens } from './token-bucket.js'

// A worker takes half a second's worth at once: two statements a second, however fast the sending.
const BULK_S = 0.5
const BULK_MAX = 2000
const LOOK_AGAIN_MS = 100

/** A rate, and when more will come if it has run dry for good (a daily ceiling). */
export type Limit = Rate & { refillsAt?: Date }

/** This worker's share of the rates that all workers have in common, taken in bulk. */
export class Allowance {
  readonly #db: Database
  readonly #now: () => Date
  readonly #stock = new Map<string, number>()
  readonly #dryUntil = new Map<string, number>()
  readonly #asking = new Map<string, Promise<void>>()

  constructor(db: Database, now: () => Date) {
    this.#db = db
    this.#now = now
  }

  /** Takes one message's worth of every limit and says null, or says when to ask again. */
  async take(limits: readonly Limit[]): Promise<Date | null> {
    for (const limit of limits) {
      if (this.#has(limit)) continue
      const dryUntil = this.#dryUntil.get(limit.key) ?? 0
      if (dryUntil <= this.#now().getTime()) await this.#refill(limit)
      if (!this.#has(limit)) return this.#comesBack(limit)
    }
    // While one limit was being asked for, another reader may have taken the last of a second one.
    if (!limits.every((limit) => this.#has(limit))) return this.take(limits)
    for (const { key } of limits) this.#stock.set(key, (this.#stock.get(key) ?? 0) - 1)
    return null
  }

  #has({ key }: Limit): boolean {
    return (this.#stock.get(key) ?? 0) >= 1
  }

  #comesBack({ key, perSecond, refillsAt }: Limit): Date {
    const now = this.#now().getTime()
    const wait = refillsAt
      ? refillsAt.getTime() - now
      : Math.max(LOOK_AGAIN_MS, Math.min(1000 / perSecond, 60_000))
    const until = Math.max(this.#dryUntil.get(key) ?? 0, now + Math.max(wait, LOOK_AGAIN_MS))
    if ((this.#dryUntil.get(key) ?? 0) <= now) this.#dryUntil.set(key, until)
    return new Date(this.#dryUntil.get(key) ?? until)
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
