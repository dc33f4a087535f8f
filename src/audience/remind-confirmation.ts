import { isEndedBy } from './lift-suppression.js'
import type { PostNeeds } from './mails/post-notice.js'
import { askedConfirmation, postConfirmation } from './send-confirmation.js'
import { findSuppression } from './suppress-address.js'

/**
 * Reminds somebody of a sign-up that waits for their confirmation. It is noted before it is sent, so that whatever happens nobody is
 * reminded twice. Throws `NotFoundError`, and `ConflictError` when the signing key is gone.
 */
export async function remindConfirmation(
  ctx: PostNeeds,
  { confirmationId }: { confirmationId: string },
): Promise<void> {
  const now = ctx.clock.now()
  const taken = await ctx.db
    .updateTable('confirmation')
    .set({ reminded_at: now })
    .where('id', '=', confirmationId)
    .where('reminded_at', 'is', null)
    .where('sent_at', 'is not', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return
  const asked = await askedConfirmation(ctx, confirmationId)
  const suppression = await findSuppression(ctx, asked.emailKey)
  if (suppression && !isEndedBy(asked.created_at, suppression)) return
  await postConfirmation(ctx, asked, { id: `reminder.${asked.id}`, isReminder: true })
}
