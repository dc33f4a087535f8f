import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'
import { reopenDeliveries } from './reopen-deliveries.js'

export type Retry = {
  issueId: string
  /** Only these; none: every rejected delivery of the issue. */
  deliveryIds?: readonly string[]
  by: string | null
}

/**
 * Sends an issue's rejected deliveries once more, with the Message-ID they had, and returns how many. Who has left or is
 * suppressed by now is skipped by the claim. Throws `ConflictError` when nothing is rejected or the issue was cancelled.
 */
export async function retryRejected(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, deliveryIds, by }: Retry,
): Promise<number> {
  return reopenDeliveries(ctx, { issueId, from: 'rejected', deliveryIds }, async (tx, reopened) => {
    if (reopened.length === 0) throw new ConflictError('Nothing of this issue is rejected any more.')
    await recordAudit(tx, { action: 'retry-rejected', subjectIds: reopened, by, now: ctx.clock.now() })
  })
}
