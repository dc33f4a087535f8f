import type { DatabaseOrTx } from '../../db/database.js'
import type { Account } from '../../db/tables/account.js'

export type ListedAccount = Omit<Account, 'password_hash'> & { last_seen_at: Date | null }

/** Every account by name, those disabled last, with the time it was last here. */
export async function accounts({ db }: { db: DatabaseOrTx }): Promise<ListedAccount[]> {
  return db
    .selectFrom('account')
    .leftJoin('session', 'session.account_id', 'account.id')
    .select([
      'account.id',
      'email',
      'name',
      'role',
      'region',
      'time_zone',
      'account.created_at',
      'disabled_at',
    ])
    .select(({ fn }) => fn.max('session.last_seen_at').as('last_seen_at'))
    .groupBy('account.id')
    .orderBy('disabled_at', (order) => order.desc().nullsFirst())
    .orderBy('name')
    .orderBy('account.id')
    .execute()
}
