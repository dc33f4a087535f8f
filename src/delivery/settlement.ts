import type { Outcome } from '../smtp/mailer.js'
import { nextAttemptAt } from './retry-schedule.js'

/** What the ledger writes when an attempt is over, in the columns' names. */
export type Settlement = {
  issue_id: string
  month: string
  batch_no: number
  /** The name under which the batch is held; an outcome counts only while it is. */
  hold: string
  subscriber_id: string
  /** Attempts with this one: an outcome counts only for its own claim. */
  attempts: number
  status: 'accepted' | 'rejected' | 'unknown' | 'pending'
  not_before: Date | null
  finished_at: Date | null
  /** 1 when the attempt cost the reader nothing. */
  given_back: 0 | 1
  stage: string
  code: number | null
  enhanced_code: string | null
  class: string | null
  text: string
}

export type Attempt = {
  issueId: string
  month: string
  batchNo: number
  hold: string
  subscriberId: string
  attempts: number
  firstAttemptAt: Date
  outcome: Outcome
}

export type SettlementRules = {
  now: Date
  giveUpAfterMs: number
}

/** The ledger's words for an outcome: final, deferred to a time, or given back because the trouble was ours. */
export function settlementOf(attempt: Attempt, { now, giveUpAfterMs }: SettlementRules): Settlement {
  const { issueId, month, batchNo, hold, subscriberId, attempts, outcome } = attempt
  const { stage, code, enhancedCode, text } = outcome.reply
  const said = {
    issue_id: issueId,
    month,
    batch_no: batchNo,
    hold,
    subscriber_id: subscriberId,
    attempts,
    stage,
    code,
    enhanced_code: enhancedCode,
    class: outcome.reply.class ?? null,
    text: storableText(text),
  }
  const waits = { ...said, status: 'pending', finished_at: null } as const
  const ends = { ...said, not_before: null, finished_at: now, given_back: 0 } as const
  // What the server said of this reader counts as an attempt, also when it is about us: else it would be said for ever.
  const isOfReader = stage === 'recipient' || stage === 'data'
  if (outcome.kind === 'unavailable' && !isOfReader) return { ...waits, not_before: null, given_back: 1 }
  if (outcome.kind !== 'deferred' && outcome.kind !== 'unavailable') return { ...ends, status: outcome.kind }
  const replyClass = outcome.kind === 'unavailable' ? 'ours' : (outcome.reply.class ?? 'soft')
  const next = nextAttemptAt(attempt, { now, giveUpAfterMs, replyClass })
  return next ? { ...waits, not_before: next, given_back: 0 } : { ...ends, status: 'rejected' }
}

/** A server's words without what PostgreSQL cannot keep: NUL and half a surrogate pair. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, ' ')
}
