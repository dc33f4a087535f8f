import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import { testGroup } from './test-groups.js'

/** Removes a group of addresses for tests. Throws `NotFoundError`. */
export async function removeTestGroup(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, by }: { id: string; by: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { name } = await testGroup({ db: tx }, id)
    await tx.deleteFrom('test_group').where('id', '=', id).execute()
    const now = clock.now()
    await recordAudit(tx, { action: 'remove-test-group', subjectIds: [id], detail: name, by, now })
  })
}
