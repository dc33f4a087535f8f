import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'

/** What a coordinator may take back: what a coordinator set, or a bounce of an address that works again. */
const LIFTABLE = ['manual', 'hard-bounce'] as const

/**
 * Lets mail to a suppressed address go again. Throws `ConflictError` where the person said no: a complaint, an unsubscription
 * from everything or an erasure is never taken back by us.
 */
export async function liftSuppression({ db }: Pick<Context, 'db'>, subscriberId: string): Promise<void> {
  const lifted = await db
    .deleteFrom('suppression')
    .using('subscriber')
    .whereRef('subscriber.email_key', '=', 'suppression.email_key')
    .where('subscriber.id', '=', subscriberId)
    .where('reason', 'in', LIFTABLE)
    .executeTakeFirst()
  if (lifted.numDeletedRows === 0n)
    throw new ConflictError('This address is not suppressed, or only its owner can change that.')
}
