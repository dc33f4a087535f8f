import type { Outcome, SmtpReply, SmtpStage, WireMessage } from '../mailer.js'
import { outcomeOf } from '../outcome-of.js'
import { envelopeCommands } from './envelope-commands.js'
import type { Session } from './open-session.js'
import { accepted, doubt, ifRefusedAtOnce, refused, replyOf } from './outcomes.js'
import type { Patience } from './patience.js'
import { type RawReply, ReplyReader } from './reply-reader.js'
import type { Sending } from './sending.js'

/** Who hands a connection its work and hears how it ended. */
export type ConnectionOwner = {
  /** The next message for this connection, or null when none waits. */
  take(): Sending | null
  /** Takes back a message of which the server has not seen a byte of content. */
  giveBack(sending: Sending, trouble: SmtpReply): void
  settled(sending: Sending, outcome: Outcome): void
  idle(connection: RelayConnection): void
  closed(connection: RelayConnection): void
}

type Step = 'mail' | 'recipient' | 'data' | 'final' | 'reset'
type Transaction = {
  sending: Sending
  refusal: SmtpReply | null
  /** The server has agreed to the sender, so trouble from here on is no longer ours alone. */
  hasSender: boolean
  hasContent: boolean
  isWritten: boolean
}
type Awaited = { step: Step; of: Transaction | null }

const END_OF_CONTENT = '.\r\n'

/**
 * One SMTP session that keeps two messages under way where the server offers PIPELINING (RFC 2920): the end of one content
 * and the next envelope go out in one write. It knows of every message whether its final dot has been handed to the network, which is
 * what tells a delivery in doubt (RFC 1047) from one that certainly was not made.
 */
export class RelayConnection {
  readonly #session: Session
  readonly #owner: ConnectionOwner
  readonly #patience: Patience
  readonly #replies = new ReplyReader()
  readonly #awaited: Awaited[] = []
  /** Commands that wait for an answer first, on a server without PIPELINING. */
  readonly #unsent: { line: string; awaited: Awaited }[] = []
  #left: number
  #deadline = Number.POSITIVE_INFINITY
  #done = 0
  #isClosed = false

  constructor(
    session: Session,
    { owner, patience, messages }: { owner: ConnectionOwner; patience: Patience; messages: number },
  ) {
    this.#session = session
    this.#owner = owner
    this.#patience = patience
    this.#left = messages
    const { socket } = session
    socket.on('data', (piece) => this.#hear(piece))
    socket.on('drain', () => this.#expect())
    socket.on('error', (error) => this.#lose(error.message))
    socket.on('end', () => this.#lose('The server ended the connection.'))
    socket.on('close', () => this.#lose('The connection was lost.'))
  }

  /** Whether another envelope may go out now. */
  get hasRoom(): boolean {
    if (this.#isClosed || this.#left === 0) return false
    if (this.#awaited.length === 0) return true
    return this.#session.pipelining && this.#awaited.length === 1 && this.#awaited[0]?.step === 'final'
  }

  get isIdle(): boolean {
    return this.#awaited.length === 0 && !this.#isClosed
  }

  /** Begins a message; call only while there is room. */
  start(sending: Sending): void {
    const refusal = this.#unfit(sending.message)
    if (refusal) return this.#owner.settled(sending, refusal)
    this.#left--
    const of: Transaction = { sending, refusal: null, hasSender: false, hasContent: false, isWritten: false }
    const { mail, recipient } = envelopeCommands(sending.message, this.#session)
    this.#command([
      { line: mail, awaited: { step: 'mail', of } },
      { line: recipient, awaited: { step: 'recipient', of } },
      { line: 'DATA\r\n', awaited: { step: 'data', of } },
    ])
  }

  /** Gives up on an answer that has taken too long; called every second with the time. */
  checkPatience(now: number): void {
    if (now > this.#deadline) this.#lose('The server took too long to answer.', { mayReturn: false })
  }

  /** Says goodbye when nothing is under way; else ends at once what is left in doubt. */
  close(): void {
    if (this.#isClosed) return
    if (this.isIdle) {
      this.#isClosed = true
      this.#session.socket.end('QUIT\r\n')
      this.#session.socket.setTimeout(5000, () => this.#session.socket.destroy())
      this.#owner.closed(this)
    } else this.#lose('We closed the connection.')
  }

  #command(commands: { line: string; awaited: Awaited }[]): void {
    if (!this.#session.pipelining) {
      this.#unsent.push(...commands)
      return this.#sendNext()
    }
    this.#session.socket.write(commands.map(({ line }) => line).join(''), 'utf8')
    this.#awaited.push(...commands.map(({ awaited }) => awaited))
    this.#expect()
  }

  #sendNext(): void {
    const next = this.#awaited.length === 0 ? this.#unsent.shift() : null
    if (!next) return
    this.#session.socket.write(next.line, 'utf8')
    this.#awaited.push(next.awaited)
    this.#expect()
  }

  #hear(piece: Buffer): void {
    try {
      for (const reply of this.#replies.read(piece)) if (!this.#isClosed) this.#answer(reply)
    } catch (error) {
      this.#lose((error as Error).message)
    }
  }

  #answer(reply: RawReply): void {
    const awaited = this.#awaited.shift()
    if (!awaited) return this.#lose(`The server spoke unasked: ${reply.text.slice(0, 200)}`)
    const { step, of } = awaited
    if (reply.code === 421) return this.#dismissed(awaited, reply)
    this.#expect()
    if (step === 'mail' && of) this.#note(of, reply, 'mail-from')
    else if (step === 'recipient' && of) this.#note(of, reply, 'recipient')
    else if (step === 'data' && of) this.#answerToData(of, reply)
    else if (step === 'final' && of) this.#answerToContent(of, reply)
    if (!this.#session.pipelining && !this.#isClosed) this.#sendNext()
    this.#rest()
  }

  #note(of: Transaction, reply: RawReply, stage: SmtpStage): void {
    if (reply.code < 300) of.hasSender = true
    if (reply.code < 300 || of.refusal) return
    of.refusal = replyOf(reply, stage)
    // Without pipelining the rest of the envelope has not been said yet.
    if (this.#unsent.length === 0) return
    this.#unsent.length = 0
    this.#refuse(of)
  }

  #answerToData(of: Transaction, reply: RawReply): void {
    if (reply.code === 354) return of.refusal ? this.#emptyContent(of) : this.#content(of)
    of.refusal ??= replyOf(reply, 'data')
    this.#refuse(of)
  }

  /** The server refused the envelope and asks for content all the same (RFC 2920 §3.1): it gets none. */
  #emptyContent(of: Transaction): void {
    this.#session.socket.write(END_OF_CONTENT)
    this.#awaited.push({ step: 'final', of: null })
    this.#expect()
    this.#settle(of, outcomeOf(of.refusal as SmtpReply, false))
  }

  #refuse(of: Transaction): void {
    this.#settle(of, outcomeOf(of.refusal as SmtpReply, false))
    this.#command([{ line: 'RSET\r\n', awaited: { step: 'reset', of: null } }])
  }

  #content(of: Transaction): void {
    const { socket } = this.#session
    const { chunks } = of.sending.message
    of.hasContent = true
    this.#awaited.push({ step: 'final', of })
    socket.cork()
    for (const [index, chunk] of chunks.entries())
      socket.write(
        chunk,
        index < chunks.length - 1
          ? undefined
          : (error) => {
              of.isWritten = !error
              this.#expect()
            },
      )
    socket.uncork()
    // On its own, so that a connection lost before this has certainly not carried the final dot.
    const next = this.hasRoom ? this.#owner.take() : null
    socket.cork()
    socket.write(
      END_OF_CONTENT,
      ifRefusedAtOnce(() => {
        of.isWritten = false
      }),
    )
    if (next) this.start(next)
    socket.uncork()
    this.#expect()
  }

  #answerToContent(of: Transaction, reply: RawReply): void {
    if (!of.isWritten) {
      // An answer before the question was over: a refusal is one, but nobody may trust a yes.
      this.#settle(
        of,
        reply.code >= 400 ? outcomeOf(replyOf(reply, 'data'), false) : doubt(replyOf(reply, 'data')),
      )
      return this.#lose('The server answered before the content was complete.')
    }
    this.#settle(of, reply.code < 300 ? accepted(reply) : outcomeOf(replyOf(reply, 'data'), true))
  }

  // 421 may answer any command: the server closes, and what follows will not be answered (RFC 5321 §4.2.3).
  #dismissed({ step, of }: Awaited, reply: RawReply): void {
    if (of && step === 'mail' && this.#done > 0) this.#owner.giveBack(of.sending, replyOf(reply, 'mail-from'))
    else if (of && !of.refusal) this.#settle(of, outcomeOf(replyOf(reply, STAGE_OF[step]), false))
    else if (of?.refusal) this.#settle(of, outcomeOf(of.refusal, false))
    const others = this.#awaited.filter((other) => other.of !== of)
    this.#awaited.splice(0, this.#awaited.length, ...others)
    this.#unsent.length = 0
    this.#lose(reply.text)
  }

  #settle(of: Transaction, outcome: Outcome): void {
    this.#done++
    this.#owner.settled(of.sending, outcome)
  }

  #rest(): void {
    if (this.#isClosed || this.#awaited.length > 0 || this.#unsent.length > 0) return
    if (this.#left === 0) this.close()
    else this.#owner.idle(this)
  }

  #lose(why: string, { mayReturn } = { mayReturn: true }): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#session.socket.destroy()
    const open = new Set(
      this.#awaited.map(({ of }) => of).concat(this.#unsent.map(({ awaited }) => awaited.of)),
    )
    for (const of of open) if (of) this.#settleLost(of, { why, mayReturn })
    this.#awaited.length = 0
    this.#unsent.length = 0
    this.#owner.closed(this)
  }

  #settleLost(of: Transaction, { why, mayReturn }: { why: string; mayReturn: boolean }): void {
    if (of.refusal) return this.#owner.settled(of.sending, outcomeOf(of.refusal, false))
    const lost = { code: null, enhancedCode: null, text: why }
    if (of.hasContent)
      return this.#owner.settled(of.sending, outcomeOf({ ...lost, stage: 'data' }, of.isWritten))
    // A session that has carried mail may end at any time; a new one that cannot even name a sender is trouble.
    const isOurs = !of.hasSender && this.#done === 0
    const trouble: SmtpReply = { ...lost, stage: isOurs ? 'mail-from' : 'recipient' }
    if (mayReturn) this.#owner.giveBack(of.sending, trouble)
    else this.#owner.settled(of.sending, outcomeOf(trouble, false))
  }

  #unfit({ size, needsSmtpUtf8 }: WireMessage): Outcome | null {
    const { smtpUtf8, size: limit } = this.#session
    // RFC 6531 §3.2: such an address must not be sent to a server that has not offered this.
    if (needsSmtpUtf8 && !smtpUtf8)
      return refused('eai_unsupported: the address needs SMTPUTF8.', 'unsupported')
    if (limit.max > 0 && size > limit.max)
      return refused(`This mail has ${size} bytes; the server takes ${limit.max}.`, 'content')
    return null
  }

  #expect(): void {
    const awaited = this.#awaited[0]
    this.#deadline = awaited ? performance.now() + this.#limitFor(awaited) : Number.POSITIVE_INFINITY
  }

  #limitFor({ step, of }: Awaited): number {
    if (step === 'reset') return this.#patience.mail
    if (step === 'final' && of && !of.isWritten) return this.#patience.block
    return this.#patience[step]
  }
}

const STAGE_OF: Readonly<Record<Step, SmtpStage>> = {
  mail: 'mail-from',
  recipient: 'recipient',
  data: 'data',
  final: 'data',
  reset: 'data',
}
