import type { Outcome, WireMessage } from '../mailer.js'

/** A message on its way, with the promise that somebody waits for. */
export type Sending = {
  message: WireMessage
  resolve(outcome: Outcome): void
  returns: number
  /** When it began to wait for a connection, by `performance.now()`. */
  since: number
}
