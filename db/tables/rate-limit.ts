/** Attempts counted by rate-limiter-flexible; `expire` is in milliseconds since 1970, `key` never shows an address. */
export type RateLimitTable = {
  key: string
  points: number
  expire: number | null
}
