import { isOneAddress } from '../addr-spec.js'
import { classifyError } from '../classify-error.js'
import type { Outcome, RelayWatcher, SmtpReply, WireMessage } from '../mailer.js'
import { outcomeOf } from '../outcome-of.js'
import { openSession } from './open-session.js'
import { type Patience, RFC_PATIENCE } from './patience.js'
import type { Relay } from './relay.js'
import { type ConnectionOwner, RelayConnection } from './relay-connection.js'
import { earliestRest, isOfReader, RESTING, RelayRest } from './relay-rest.js'
import type { Sending } from './sending.js'

export type RelayPoolOptions = {
  relays: readonly Relay[]
  now(): Date
  patience?: Patience
}

/** How often a message may come back before its content was asked for. */
const RETURNS_MAX = 3
const WATCH_MS = 1000
const CLOSED = 'We closed the connection.'
/** How long a message may wait for a connection. */
const WAITS_MAX_MS = 1500

type Line = {
  relay: Relay
  connections: Set<RelayConnection>
  opening: number
  rest: RelayRest
  /** Of the smooth weighted round robin. */
  credit: number
}

/**
 * Bulk transport: pipelined connections to several relays. A message goes to a relay that has room, by weight; a relay in trouble
 * rests, longer each time, while the others take over. Never sends twice what a server may already have.
 */
export class RelayPool {
  readonly #options: RelayPoolOptions
  readonly #lines: Line[]
  readonly #queue: Sending[] = []
  readonly #watch: NodeJS.Timeout
  #isClosed = false

  constructor(options: RelayPoolOptions) {
    this.#options = options
    this.#lines = options.relays.map((relay) => ({
      relay,
      connections: new Set(),
      opening: 0,
      rest: new RelayRest(relay.name, options.now),
      credit: 0,
    }))
    this.#watch = setInterval(() => this.#checkPatience(), WATCH_MS).unref()
  }

  get connections(): number {
    return this.#options.relays.reduce((sum, { connections }) => sum + connections, 0)
  }

  /** Sends one message; never rejects for what the network or a server does. */
  deliver(message: WireMessage): Promise<Outcome> {
    if (!isOneAddress(message.envelope.to) || !isOneAddress(message.envelope.from))
      return Promise.resolve(rejectedHere())
    if (this.#isClosed) return Promise.resolve(neverBegun(CLOSED))
    return new Promise((resolve) => {
      this.#queue.push({ message, resolve, returns: 0, since: performance.now() })
      this.#pump()
    })
  }

  /** When the first relay may be tried again, or null while one of them works. */
  restsUntil(): Date | null {
    return earliestRest(this.#lines.map(({ rest }) => rest))
  }

  /** Lets a relay rest because another process found it in trouble; null ends its rest. */
  rest(name: string, until: Date | null): void {
    this.#lines.find(({ rest }) => rest.name === name)?.rest.set(until)
  }

  /** Has somebody told of trouble and recovery. */
  watch(watcher: RelayWatcher): void {
    for (const { rest } of this.#lines) rest.watch(watcher)
  }

  /** Ends every connection: what is under way on one is in doubt if its content is complete, what waits was not sent. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#watch)
    for (const { resolve } of this.#queue.splice(0)) resolve(neverBegun(CLOSED))
    for (const { connections } of this.#lines) for (const connection of connections) connection.close()
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const line = this.#choose()
      if (!line) return this.#refuseIfAllRest()
      const connection = freeConnection(line)
      const sending = connection ? this.#take(line) : null
      if (connection && sending) connection.start(sending)
      // A connection being opened will take what waits; one for each that waits is enough.
      else if (this.#lines.reduce((sum, { opening }) => sum + opening, 0) < this.#queue.length)
        this.#open(line)
      else return
    }
  }

  /** The first message that waits, unless the relay rests. */
  #take(line: Line): Sending | null {
    return (!line.rest.isResting && this.#queue.shift()) || null
  }

  #settle(line: Line, sending: Sending, outcome: Outcome): void {
    line.rest.note(outcome)
    // What a server said of this reader is answered at once: asking another time, or another server, would say it of us once more.
    const isElsewhere =
      outcome.kind === 'unavailable' &&
      !isOfReader(outcome.reply) &&
      !this.#isClosed &&
      this.restsUntil() === null &&
      sending.returns < RETURNS_MAX
    if (!isElsewhere) return sending.resolve(outcome)
    this.#requeue(sending)
  }

  #requeue(sending: Sending): void {
    sending.returns++
    sending.since = performance.now()
    this.#queue.unshift(sending)
  }

  /** A message whose content the server has not asked for: another connection may take it without any doubt. */
  #giveBack(line: Line, sending: Sending, trouble: SmtpReply): void {
    if (trouble.stage === 'mail-from' && trouble.code === null) line.rest.troubled(trouble)
    if (this.#isClosed) return sending.resolve(neverBegun(CLOSED))
    if (sending.returns >= RETURNS_MAX) return sending.resolve(outcomeOf(trouble, false))
    this.#requeue(sending)
  }

  #checkPatience(): void {
    const now = performance.now()
    for (const { connections } of this.#lines)
      for (const connection of connections) connection.checkPatience(now)
    this.#returnStale(now)
    this.#pump()
  }

  /** Gives back what has waited too long: whoever pauses an issue or leaves must not be mailed minutes later. */
  #returnStale(now: number): void {
    const isStale = ({ since }: Sending) => now - since > WAITS_MAX_MS
    for (const { resolve } of this.#queue.filter(isStale))
      resolve(neverBegun('No connection was free in time.'))
    this.#queue.splice(0, this.#queue.length, ...this.#queue.filter((sending) => !isStale(sending)))
  }

  /** The relay whose turn it is, among those that are well and have a free connection or may open one. */
  #choose(): Line | null {
    const able = this.#lines.filter((line) => !line.rest.isResting && hasRoom(line))
    if (able.length === 0) return null
    const total = able.reduce((sum, { relay }) => sum + relay.weight, 0)
    for (const line of able) line.credit += line.relay.weight
    const chosen = able.reduce((best, line) => (line.credit > best.credit ? line : best))
    chosen.credit -= total
    return chosen
  }

  #refuseIfAllRest(): void {
    if (this.restsUntil() === null) return
    const why = this.#lines.find(({ rest }) => rest.trouble)?.rest.trouble ?? RESTING
    for (const { resolve } of this.#queue.splice(0)) resolve({ kind: 'unavailable', reply: why })
  }

  #open(line: Line): void {
    line.opening++
    openSession(line.relay).then(
      (session) => {
        line.opening--
        if (this.#isClosed) return void session.socket.end('QUIT\r\n')
        const connection = new RelayConnection(session, {
          owner: this.#ownerOf(line),
          patience: this.#options.patience ?? RFC_PATIENCE,
          messages: line.relay.messages,
        })
        line.connections.add(connection)
        this.#pump()
      },
      (error: unknown) => {
        line.opening--
        line.rest.troubled(classifyError(error, false).reply)
        this.#pump()
      },
    )
  }

  #ownerOf(line: Line): ConnectionOwner {
    return {
      take: () => this.#take(line),
      giveBack: (sending, trouble) => this.#giveBack(line, sending, trouble),
      settled: (sending, outcome) => this.#settle(line, sending, outcome),
      idle: () => this.#pump(),
      closed: (connection) => {
        line.connections.delete(connection)
        this.#pump()
      },
    }
  }
}

function hasRoom({ relay, connections, opening }: Line): boolean {
  return connections.size + opening < relay.connections || freeConnection({ connections }) !== null
}

/** An idle connection, else one that takes another envelope while it waits for an answer. */
function freeConnection({ connections }: Pick<Line, 'connections'>): RelayConnection | null {
  let free: RelayConnection | null = null
  for (const connection of connections) {
    if (connection.isIdle && connection.hasRoom) return connection
    if (connection.hasRoom) free ??= connection
  }
  return free
}

// Before any connection, so it is nobody's trouble.
function neverBegun(text: string): Outcome {
  return { kind: 'unavailable', reply: { stage: 'compose', code: null, enhancedCode: null, text } }
}

function rejectedHere(): Outcome {
  const text = 'This is not one valid address.'
  return {
    kind: 'rejected',
    reply: { stage: 'recipient', code: null, enhancedCode: null, text, class: 'hard' },
  }
}
