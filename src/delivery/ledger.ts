import type { PreparedConnection } from '../../db/prepared-connection.js'
import { LEDGER_STATEMENT } from './ledger-statement.js'
import type { Settlement } from './settlement.js'

/** A delivery that somebody wants to send now; `attempts` as they were read. */
export type Claim = {
  issueId: string
  month: string
  batchNo: number
  /** The name under which its batch is held. */
  hold: string
  subscriberId: string
  emailKey: string
  attempts: number
  /** Rendered and recorded, never sent. */
  isCaptured: boolean
}

/** `sending`: durable, and ours to send; a reason: skipped; `refused`: the issue or the batch is no longer ours to send. */
export type ClaimAnswer = 'sending' | 'refused' | { skipped: string }

export type LedgerOptions = {
  connection: PreparedConnection
  /** How many deliveries may be `sending` at once: what a crash can leave in doubt. */
  places: number
  now(): Date
  /** Told when the database is away; the ledger goes on trying. */
  onTrouble?(error: Error): void
}

type WaitingClaim = {
  claim: Claim
  answer(answer: ClaimAnswer): void
  fail(error: Error): void
  /** An answer to it was lost, so that it may be durable already. */
  mayBeMade: boolean
}
type WaitingSettlement = { settlement: Settlement; done(): void; frees: 0 | 1 }
type Claimed = { issue_id: string; subscriber_id: string; status: string; skip_reason: string | null }

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000

/**
 * The ledger's group commit: whatever is asked while one write is on its way goes into the next, so that a claim is durable before a
 * byte leaves and an outcome soon after the reply, at the price of a few statements for hundreds of messages.
 */
export class Ledger {
  readonly #options: LedgerOptions
  #claims: WaitingClaim[] = []
  #settlements: WaitingSettlement[] = []
  #writing: Promise<void> | null = null
  #isPatient = true
  /** Deliveries that are durably `sending`. */
  #open = 0

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** Makes a delivery durably `sending`, or says why it must not be sent. */
  claim(claim: Claim): Promise<ClaimAnswer> {
    return new Promise((answer, fail) => {
      this.#claims.push({ claim, answer, fail, mayBeMade: false })
      this.#wake()
    })
  }

  /** Makes an outcome durable; resolves once it is, however long the database is away. */
  settle(settlement: Settlement): Promise<void> {
    return new Promise((done) => {
      this.#settlements.push({ settlement, done, frees: 1 })
      this.#wake()
    })
  }

  /** From now on a database that is away is not waited for: what cannot be written is left to the sweep. */
  stopWaiting(): void {
    this.#isPatient = false
  }

  /** Waits for what is being written, and stops trying when the database stays away. */
  async close(): Promise<void> {
    this.stopWaiting()
    await this.#writing
    await this.#options.connection.close()
  }

  #wake(): void {
    this.#writing ??= new Promise((resolve) => setImmediate(resolve)).then(() => this.#write())
  }

  async #write(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (this.#settlements.length > 0 || (this.#claims.length > 0 && this.#open < this.#options.places)) {
      const settlements = this.#settlements.splice(0)
      // What is settled and what is claimed in its place become durable in the same moment.
      const claims = this.#claims.splice(0, this.#options.places - this.#open + settlements.length)
      try {
        const rows = await this.#options.connection.query<Claimed>(this.#statement(claims, settlements))
        for (const { done } of settlements) done()
        const freed = settlements.reduce((sum, { frees }) => sum + frees, 0)
        this.#open += rows.filter(({ status }) => status === 'sending').length - freed
        this.#settlements.push(...answerAll(claims, rows))
        pause = FIRST_PAUSE_MS
      } catch (error) {
        for (const waiting of claims) waiting.mayBeMade = true
        this.#claims.unshift(...claims)
        this.#settlements.unshift(...settlements)
        this.#options.onTrouble?.(error as Error)
        if (!this.#isPatient) return this.#abandon(error as Error)
        await new Promise((resolve) => setTimeout(resolve, pause))
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
      }
    }
    this.#writing = null
  }

  // What is not written down is left to the sweep: it will find these rows `sending` and call them unknown.
  #abandon(error: Error): void {
    for (const { fail } of this.#claims.splice(0)) fail(error)
    for (const { done } of this.#settlements.splice(0)) done()
    this.#writing = null
  }

  #statement(claims: readonly WaitingClaim[], settlements: readonly WaitingSettlement[]) {
    const claimed = <K extends keyof Claim>(key: K) => claims.map(({ claim }) => claim[key])
    const settled = <K extends keyof Settlement>(key: K) =>
      settlements.map(({ settlement }) => settlement[key])
    return {
      name: 'ledger',
      text: LEDGER_STATEMENT,
      values: [
        ...CLAIM_COLUMNS.map(claimed),
        settled('hold'),
        this.#options.now(),
        ...SETTLEMENT_COLUMNS.map(settled),
        settled('batch_no'),
        claimed('hold'),
      ],
    }
  }
}

// In the order of the statement's parameters.
const CLAIM_COLUMNS = [
  'issueId',
  'month',
  'batchNo',
  'subscriberId',
  'emailKey',
  'attempts',
  'isCaptured',
] as const
const SETTLEMENT_COLUMNS = [
  'issue_id',
  'month',
  'subscriber_id',
  'attempts',
  'status',
  'not_before',
  'finished_at',
  'given_back',
  'stage',
  'code',
  'enhanced_code',
  'class',
  'text',
] as const

/** Answers claims, and gives back those that were refused although an earlier write may have made them. */
function answerAll(claims: readonly WaitingClaim[], rows: readonly Claimed[]): WaitingSettlement[] {
  const byReader = new Map(rows.map((row) => [row.issue_id + row.subscriber_id, row]))
  const returned: WaitingSettlement[] = []
  for (const { claim, answer, mayBeMade } of claims) {
    const row = byReader.get(claim.issueId + claim.subscriberId)
    if (row) answer(row.skip_reason === null ? 'sending' : { skipped: row.skip_reason })
    else if (mayBeMade)
      returned.push({ settlement: givenBack(claim), frees: 0, done: () => answer('refused') })
    else answer('refused')
  }
  return returned
}

// Nothing of it has left: it was never answered with `sending`.
function givenBack({ issueId, month, batchNo, hold, subscriberId, attempts }: Claim): Settlement {
  return {
    issue_id: issueId,
    month,
    batch_no: batchNo,
    hold,
    subscriber_id: subscriberId,
    attempts: attempts + 1,
    status: 'pending',
    not_before: null,
    finished_at: null,
    given_back: 1,
    stage: 'compose',
    code: null,
    enhanced_code: null,
    class: null,
    text: '',
  }
}
