import { isOneAddress } from '../addr-spec.js'
import { classifyError } from '../classify-error.js'
import type { Outcome, RelayWatcher, SmtpReply, WireMessage } from '../mailer.js'
import { outcomeOf } from '../outcome-of.js'
import { openSession } from './open-session.js'
import { type Patience, RFC_PATIENCE } from './patience.js'
import type { Relay } from './relay.js'
import { type ConnectionOwner, RelayConnection, type Sending } from './relay-connection.js'

export type RelayPoolOptions = {
  relays: readonly Relay[]
  now(): Date
  patience?: Patience
}

const FIRST_REST_MS = 10_000
const LONGEST_REST_MS = 10 * 60_000
/** How often a message may come back before its content was asked for. */
const RETURNS_MAX = 3
const WATCH_MS = 1000

type Line = {
  relay: Relay
  connections: Set<RelayConnection>
  opening: number
  /** Troubles since a message was last accepted, and how often the relay had to rest for them. */
  failures: number
  rests: number
  restsUntil: number
  trouble: SmtpReply | null
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
  #watcher: RelayWatcher | null = null

  constructor(options: RelayPoolOptions) {
    this.#options = options
    this.#lines = options.relays.map((relay) => ({
      relay,
      connections: new Set(),
      opening: 0,
      failures: 0,
      rests: 0,
      restsUntil: 0,
      trouble: null,
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
    if (this.#isClosed) return Promise.resolve(closedHere())
    return new Promise((resolve) => {
      this.#queue.push({ message, resolve, returns: 0 })
      this.#pump()
    })
  }

  /** When the first relay may be tried again, or null while one of them works. */
  restsUntil(): Date | null {
    const earliest = Math.min(...this.#lines.map(({ restsUntil }) => restsUntil))
    return earliest > this.#now() ? new Date(earliest) : null
  }

  /** Lets a relay rest because another process found it in trouble; null ends its rest. */
  rest(name: string, until: Date | null): void {
    const line = this.#lines.find(({ relay }) => relay.name === name)
    if (line) line.restsUntil = until?.getTime() ?? 0
  }

  /** Has somebody told of trouble and recovery. */
  watch(watcher: RelayWatcher): void {
    this.#watcher = watcher
  }

  /** Ends every connection: what is under way on one is in doubt if its content is complete, what waits was not sent. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#watch)
    for (const { resolve } of this.#queue.splice(0)) resolve(closedHere())
    for (const { connections } of this.#lines) for (const connection of connections) connection.close()
  }

  #now(): number {
    return this.#options.now().getTime()
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
    return (line.restsUntil <= this.#now() && this.#queue.shift()) || null
  }

  #settle(line: Line, sending: Sending, outcome: Outcome): void {
    if (outcome.kind === 'unavailable') this.#troubled(line, outcome.reply)
    else if (outcome.kind === 'accepted') this.#recovered(line)
    const isElsewhere =
      outcome.kind === 'unavailable' &&
      !this.#isClosed &&
      this.restsUntil() === null &&
      sending.returns < RETURNS_MAX
    if (!isElsewhere) return sending.resolve(outcome)
    sending.returns++
    this.#queue.unshift(sending)
  }

  /** A message whose content the server has not asked for: another connection may take it without any doubt. */
  #giveBack(line: Line, sending: Sending, trouble: SmtpReply): void {
    if (trouble.stage === 'mail-from' && trouble.code === null) this.#troubled(line, trouble)
    if (this.#isClosed) return sending.resolve(closedHere())
    if (sending.returns >= RETURNS_MAX) return sending.resolve(outcomeOf(trouble, false))
    sending.returns++
    this.#queue.unshift(sending)
  }

  #troubled(line: Line, reply: SmtpReply): void {
    line.failures++
    // A refusal of one reader for a reason of ours may be about that reader after all; three in a row are not.
    const isOfReader = reply.stage === 'recipient' || reply.stage === 'data'
    if (isOfReader && line.failures < 3) return
    if (line.restsUntil > this.#now()) return
    const rest = Math.min(FIRST_REST_MS * 2 ** line.rests++, LONGEST_REST_MS)
    line.restsUntil = this.#now() + rest
    line.trouble = reply
    this.#watcher?.troubled({ relay: line.relay.name, reply, until: new Date(line.restsUntil) })
  }

  #recovered(line: Line): void {
    if (line.rests > 0) this.#watcher?.recovered(line.relay.name)
    line.failures = 0
    line.rests = 0
    line.trouble = null
  }

  #checkPatience(): void {
    const now = performance.now()
    for (const { connections } of this.#lines)
      for (const connection of connections) connection.checkPatience(now)
    this.#pump()
  }

  /** The relay whose turn it is, among those that are well and have a free connection or may open one. */
  #choose(): Line | null {
    const able = this.#lines.filter((line) => line.restsUntil <= this.#now() && hasRoom(line))
    if (able.length === 0) return null
    const total = able.reduce((sum, { relay }) => sum + relay.weight, 0)
    for (const line of able) line.credit += line.relay.weight
    const chosen = able.reduce((best, line) => (line.credit > best.credit ? line : best))
    chosen.credit -= total
    return chosen
  }

  #refuseIfAllRest(): void {
    if (this.restsUntil() === null) return
    const reply = this.#lines.find(({ trouble }) => trouble)?.trouble
    const why = reply ?? {
      stage: 'connect' as const,
      code: null,
      enhancedCode: null,
      text: 'The mail server rests.',
    }
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
        this.#troubled(line, classifyError(error, false).reply)
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

function closedHere(): Outcome {
  const text = 'We closed the connection.'
  return { kind: 'unavailable', reply: { stage: 'connect', code: null, enhancedCode: null, text } }
}

function rejectedHere(): Outcome {
  const text = 'This is not one valid address.'
  return {
    kind: 'rejected',
    reply: { stage: 'recipient', code: null, enhancedCode: null, text, class: 'hard' },
  }
}
