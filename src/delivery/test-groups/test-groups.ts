import type { DatabaseOrTx } from '../../../db/database.js'
import type { TestGroup } from '../../../db/tables/test-group.js'
import { NotFoundError } from '../../errors.js'

/** Every group of addresses for tests, by name. */
export async function testGroups({ db }: { db: DatabaseOrTx }): Promise<TestGroup[]> {
  return db.selectFrom('test_group').selectAll().orderBy('name').orderBy('id').execute()
}

/** One group of addresses for tests. Throws `NotFoundError`. */
export async function testGroup({ db }: { db: DatabaseOrTx }, id: string): Promise<TestGroup> {
  const group = await db.selectFrom('test_group').selectAll().where('id', '=', id).executeTakeFirst()
  if (!group) throw new NotFoundError('There is no such test group.')
  return group
}
