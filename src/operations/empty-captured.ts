import type { Context } from '../context.js'
import { recordAudit } from '../issues/record-audit.js'

/** Throws away everything that was captured, and says how many mails that were. */
export async function emptyCaptured(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { by }: { by: string | null },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('captured_mail').executeTakeFirst()
    const detail = `${numDeletedRows} mails`
    await recordAudit(tx, { action: 'empty-captured', subjectIds: [], detail, by, now: clock.now() })
    return Number(numDeletedRows)
  })
}
