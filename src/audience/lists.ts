import type { DatabaseOrTx } from '../../db/database.js'
import type { List } from '../../db/tables/list.js'

export type ListWithCounts = List & { confirmed: number; pending: number; unsubscribed: number }

/** Every list that is not archived, by name, with its subscriptions counted by status. */
export async function lists({ db }: { db: DatabaseOrTx }): Promise<ListWithCounts[]> {
  return db
    .selectFrom('list')
    .leftJoin('subscription', 'subscription.list_id', 'list.id')
    .selectAll('list')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('subscription.status', '=', 'confirmed').as('confirmed'),
      fn.countAll<number>().filterWhere('subscription.status', '=', 'pending').as('pending'),
      fn.countAll<number>().filterWhere('subscription.status', '=', 'unsubscribed').as('unsubscribed'),
    ])
    .where('list.archived_at', 'is', null)
    .groupBy('list.id')
    .orderBy('list.name')
    .orderBy('list.id')
    .execute()
}

/** The lists that anybody may join, by name. */
export async function publicLists({ db }: { db: DatabaseOrTx }): Promise<List[]> {
  return db
    .selectFrom('list')
    .selectAll()
    .where('is_public', '=', true)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
}
