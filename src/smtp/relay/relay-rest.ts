import type { Outcome, RelayWatcher, SmtpReply } from '../mailer.js'

const FIRST_REST_MS = 10_000
const LONGEST_REST_MS = 10 * 60_000
/** A refusal of one reader for a reason of ours may be about that reader after all; so many in a row are not. */
const IN_A_ROW = 3

/** What is said of a relay that rests and whose trouble another process has met. */
export const RESTING: SmtpReply = {
  stage: 'connect',
  code: null,
  enhancedCode: null,
  text: 'The mail server rests.',
}

/** Whether a relay may be sent to: trouble of ours lets it rest, longer each time, until it takes a message again. */
export class RelayRest {
  readonly name: string
  readonly #now: () => Date
  #watcher: RelayWatcher | null = null
  /** Troubles since a message was last accepted, and how often the relay had to rest for them. */
  #failures = 0
  #rests = 0
  #until = 0
  #trouble: SmtpReply | null = null

  constructor(name: string, now: () => Date) {
    this.name = name
    this.#now = now
  }

  get isResting(): boolean {
    return this.#until > this.#now().getTime()
  }

  /** In milliseconds since 1970; 0 when it never had to rest. */
  get until(): number {
    return this.#until
  }

  get trouble(): SmtpReply | null {
    return this.#trouble
  }

  /** Lets it rest because another process found it in trouble; null ends its rest. */
  set(until: Date | null): void {
    this.#until = until?.getTime() ?? 0
  }

  watch(watcher: RelayWatcher): void {
    this.#watcher = watcher
  }

  /** Draws the conclusion from how an attempt ended. */
  note({ kind, reply }: Outcome): void {
    if (kind === 'accepted') this.recovered()
    else if (kind === 'unavailable') this.troubled(reply)
  }

  troubled(reply: SmtpReply): void {
    this.#failures++
    if ((isOfReader(reply) && this.#failures < IN_A_ROW) || this.isResting) return
    const rest = Math.min(FIRST_REST_MS * 2 ** this.#rests++, LONGEST_REST_MS)
    this.#until = this.#now().getTime() + rest
    this.#trouble = reply
    this.#watcher?.troubled({ relay: this.name, reply, until: new Date(this.#until) })
  }

  recovered(): void {
    if (this.#rests > 0) this.#watcher?.recovered(this.name)
    this.#failures = 0
    this.#rests = 0
    this.#trouble = null
  }
}

/** Whether a server said it of this reader or this mail, also when the reason may be ours. */
export function isOfReader({ stage }: SmtpReply): boolean {
  return stage === 'recipient' || stage === 'data'
}

/** When the first of some relays may be tried again, or null while one of them works. */
export function earliestRest(rests: readonly RelayRest[]): Date | null {
  if (rests.some(({ isResting }) => !isResting)) return null
  return new Date(Math.min(...rests.map(({ until }) => until)))
}
