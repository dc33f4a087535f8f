import type { PreparedConnection } from '../../db/prepared-connection.js'
import { LEDGER_STATEMENT } from './ledger-statement.js'
import type { Settlement } from './settlement.js'

/** A delivery that somebody wants to send now; `attempts` as they were read. */
export type Claim = {
  issueId: string
  month: string
  batchNo: number
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
  workerId: string
  now(): Date
  /** Told when the database is away; the ledger goes on trying. */
  onTrouble?(error: Error): void
}

type WaitingClaim = { claim: Claim; answer(answer: ClaimAnswer): void; fail(error: Error): void }
type WaitingSettlement = { settlement: Settlement; done(): void }
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
  #isClosing = false

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** Makes a delivery durably `sending`, or says why it must not be sent. */
  claim(claim: Claim): Promise<ClaimAnswer> {
    return new Promise((answer, fail) => {
      this.#claims.push({ claim, answer, fail })
      this.#wake()
    })
  }

  /** Makes an outcome durable; resolves once it is, however long the database is away. */
  settle(settlement: Settlement): Promise<void> {
    return new Promise((done) => {
      this.#settlements.push({ settlement, done })
      this.#wake()
    })
  }

  /** Waits for what is being written, and stops trying when the database stays away. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#writing
    await this.#options.connection.close()
  }

  #wake(): void {
    this.#writing ??= new Promise((resolve) => setImmediate(resolve)).then(() => this.#write())
  }

  async #write(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (this.#claims.length > 0 || this.#settlements.length > 0) {
      const claims = this.#claims.splice(0)
      const settlements = this.#settlements.splice(0)
      try {
        const rows = await this.#options.connection.query<Claimed>(this.#statement(claims, settlements))
        for (const { done } of settlements) done()
        answerAll(claims, rows)
        pause = FIRST_PAUSE_MS
      } catch (error) {
        this.#claims.unshift(...claims)
        this.#settlements.unshift(...settlements)
        this.#options.onTrouble?.(error as Error)
        if (this.#isClosing) return this.#abandon(error as Error)
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
  }

  #statement(claims: readonly WaitingClaim[], settlements: readonly WaitingSettlement[]) {
    const of = <K extends keyof Claim>(key: K) => claims.map(({ claim }) => claim[key])
    return {
      name: 'ledger',
      text: LEDGER_STATEMENT,
      values: [
        JSON.stringify(settlements.map(({ settlement }) => settlement)),
        of('issueId'),
        of('month'),
        of('batchNo'),
        of('subscriberId'),
        of('emailKey'),
        of('attempts'),
        of('isCaptured'),
        this.#options.workerId,
        this.#options.now(),
      ],
    }
  }
}

function answerAll(claims: readonly WaitingClaim[], rows: readonly Claimed[]): void {
  const byReader = new Map(rows.map((row) => [row.issue_id + row.subscriber_id, row]))
  for (const { claim, answer } of claims) {
    const row = byReader.get(claim.issueId + claim.subscriberId)
    if (!row) answer('refused')
    else answer(row.skip_reason === null ? 'sending' : { skipped: row.skip_reason })
  }
}
