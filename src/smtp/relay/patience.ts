/** How long each answer may take, in milliseconds (RFC 5321 §4.5.3.2). */
export type Patience = { mail: number; recipient: number; data: number; block: number; final: number }

const MINUTE_MS = 60_000
/** The minimum timeouts of RFC 5321 §4.5.3.2. */
export const RFC_PATIENCE: Patience = {
  mail: 5 * MINUTE_MS,
  recipient: 5 * MINUTE_MS,
  data: 2 * MINUTE_MS,
  block: 3 * MINUTE_MS,
  final: 10 * MINUTE_MS,
}
