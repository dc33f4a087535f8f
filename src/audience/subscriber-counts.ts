import type { DatabaseOrTx } from '../../db/database.js'

export type SubscriberCounts = { total: number; confirmed: number; pending: number; suppressed: number }

/** People in all, with at least one confirmed subscription, with pending ones only, and suppressed addresses. */
export async function subscriberCounts({ db }: { db: DatabaseOrTx }): Promise<SubscriberCounts> {
  const { total } = await db
    .selectFrom('subscriber')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { confirmed, open } = await db
    .selectFrom('subscription')
    .select(({ fn }) => [
      fn.count<number>('subscriber_id').distinct().filterWhere('status', '=', 'confirmed').as('confirmed'),
      fn
        .count<number>('subscriber_id')
        .distinct()
        .filterWhere('status', 'in', ['pending', 'confirmed'])
        .as('open'),
    ])
    .executeTakeFirstOrThrow()
  const { suppressed } = await db
    .selectFrom('suppression')
    .select(({ fn }) => fn.countAll<number>().as('suppressed'))
    .executeTakeFirstOrThrow()
  return { total, confirmed, pending: open - confirmed, suppressed }
}
