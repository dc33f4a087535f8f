import type { Delivery } from '../../db/tables/delivery.js'
import type { Context } from '../context.js'

export type FoundDelivery = Delivery & { email: string; issueTitle: string }

export type DeliveryFilter = {
  /** Part of an address. */
  address?: string
  issueId?: string
  status?: Delivery['status']
  subscriberId?: string
  /** At most so many; a hundred when left out. */
  most?: number
}

const LIMIT = 100

/** How many deliveries a person has. */
export async function countDeliveries({ db }: Pick<Context, 'db'>, subscriberId: string): Promise<number> {
  const { count } = await db
    .selectFrom('delivery')
    .innerJoin('issue', (join) =>
      join.onRef('issue.id', '=', 'delivery.issue_id').onRef('issue.ledger_month', '=', 'delivery.month'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('delivery.subscriber_id', '=', subscriberId)
    .executeTakeFirstOrThrow()
  return count
}

/** Deliveries by person, issue or outcome, what was settled last first; none without a filter. */
export async function findDeliveries(
  { db }: Pick<Context, 'db'>,
  { address, issueId, status, subscriberId, most = LIMIT }: DeliveryFilter,
): Promise<FoundDelivery[]> {
  const words = (address ?? '').trim().toLowerCase()
  if (!words && !issueId && !subscriberId) return []
  let query = db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .innerJoin('issue', (join) =>
      // With the month, a reader's rows are one look at the primary key for each issue.
      join.onRef('issue.id', '=', 'delivery.issue_id').onRef('issue.ledger_month', '=', 'delivery.month'),
    )
    .selectAll('delivery')
    .select(['subscriber.email', 'issue.title as issueTitle'])
  if (words) query = query.where('subscriber.email_key', 'like', `%${words.replace(/[\\%_]/g, '\\$&')}%`)
  if (issueId) query = query.where('delivery.issue_id', '=', issueId)
  if (status) query = query.where('delivery.status', '=', status)
  if (subscriberId) query = query.where('delivery.subscriber_id', '=', subscriberId)
  return query
    .orderBy('delivery.finished_at', (order) => order.desc().nullsFirst())
    .orderBy('delivery.id')
    .limit(most)
    .execute()
}
