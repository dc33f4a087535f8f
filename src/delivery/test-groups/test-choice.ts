import type { DatabaseOrTx } from '../../../db/database.js'
import type { Context } from '../../context.js'

/** To whom a test goes: addresses as they were typed, and groups. */
export type TestChoice = { addresses: string; groupIds: string[] }

/** What an account chose for its last test; null: it never sent one. */
export async function lastTestChoice(
  { db }: { db: DatabaseOrTx },
  accountId: string,
): Promise<TestChoice | null> {
  const row = await db
    .selectFrom('test_choice')
    .select(['addresses', 'group_ids as groupIds'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row ?? null
}

/** Keeps what an account chose for a test, to be offered again. */
export async function keepTestChoice(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  accountId: string,
  { addresses, groupIds }: TestChoice,
): Promise<void> {
  const choice = { addresses, group_ids: groupIds, chosen_at: clock.now() }
  await db
    .insertInto('test_choice')
    .values({ account_id: accountId, ...choice })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(choice))
    .execute()
}
