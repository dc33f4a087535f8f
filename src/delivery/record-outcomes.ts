import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Outcome } from '../smtp/mailer.js'
import type { ClaimedDelivery } from './claim-deliveries.js'
import { nextAttemptAt } from './retry-schedule.js'

export type Attempt = { delivery: ClaimedDelivery; outcome: Outcome }

/** Writes the outcomes of a group in one statement, each only where the row is still `sending` by that very claim. */
export async function recordOutcomes(db: Database, attempts: readonly Attempt[], now: Date): Promise<void> {
  if (attempts.length === 0) return
  const rows = attempts.map((attempt) => rowFor(attempt, now))
  await sql`
    update delivery d set
      status = o.status, not_before = o.not_before, finished_at = o.finished_at, lease_until = null,
      attempts = d.attempts - o.given_back,
      first_attempt_at = case when d.attempts > o.given_back then d.first_attempt_at end, smtp_stage = o.stage, smtp_code = o.code,
      smtp_enhanced_code = o.enhanced_code, smtp_text = o.text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(
      id uuid, attempts int, status text, not_before timestamptz, finished_at timestamptz, given_back int,
      stage text, code int, enhanced_code text, text text)
    where d.id = o.id and d.status = 'sending' and d.attempts = o.attempts`.execute(db)
}

function rowFor({ delivery, outcome }: Attempt, now: Date) {
  const { stage, code, enhancedCode, text } = outcome.reply
  const reply = {
    id: delivery.id,
    attempts: delivery.attempts,
    stage,
    code,
    enhanced_code: enhancedCode,
    text: storableText(text),
  }
  const waiting = { finished_at: null, given_back: 0 }
  switch (outcome.kind) {
    case 'unavailable':
      return { ...reply, ...waiting, status: 'pending', not_before: null, given_back: 1 }
    case 'deferred': {
      const next = nextAttemptAt(delivery, now)
      if (next) return { ...reply, ...waiting, status: 'pending', not_before: next }
      return { ...reply, status: 'rejected', not_before: null, finished_at: now, given_back: 0 }
    }
    case 'accepted':
    case 'rejected':
    case 'unknown':
      return { ...reply, status: outcome.kind, not_before: null, finished_at: now, given_back: 0 }
  }
}

/** A server's words without what PostgreSQL cannot keep: NUL and half a surrogate pair. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, ' ')
}
