import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { recordAudit } from '../issues/record-audit.js'
import { reopenDeliveries } from './reopen-deliveries.js'

export type Resolution = {
  issueId: string
  deliveryIds: readonly string[]
  /** What the operator found out: it arrived, or it did not and shall be sent again. */
  as: 'accepted' | 'resend'
  by: string | null
}

/** Settles deliveries in doubt as an operator says, and returns how many still were. Throws `ConflictError` when none was. */
export async function resolveUnknown(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  { issueId, deliveryIds, as, by }: Resolution,
): Promise<number> {
  const now = ctx.clock.now()
  const noneLeft = () => new ConflictError('Nothing of this is in doubt any more.')
  if (deliveryIds.length === 0) throw noneLeft()
  if (as === 'resend')
    return reopenDeliveries(ctx, { issueId, from: 'unknown', deliveryIds }, async (tx, reopened) => {
      if (reopened.length === 0) throw noneLeft()
      await recordAudit(tx, { action: 'resend-unknown', subjectIds: reopened, by, now })
    })
  return ctx.db.transaction().execute(async (tx) => {
    const settled = await tx
      .updateTable('delivery')
      .set({ status: 'accepted', finished_at: now })
      .where('issue_id', '=', issueId)
      .where('id', 'in', [...deliveryIds])
      .where('status', '=', 'unknown')
      .returning('id')
      .execute()
    if (settled.length === 0) throw noneLeft()
    const subjectIds = settled.map(({ id }) => id)
    await recordAudit(tx, { action: 'accept-unknown', subjectIds, by, now })
    return settled.length
  })
}
