import { z } from 'zod'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { InvalidError, NotFoundError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { testAddresses } from './test-addresses.js'

/** A group as its form says it. */
export const TestGroupForm = z.object({
  name: z.string().trim().min(1, 'Give the group a name.').max(100, 'Keep the name below 100 characters.'),
  addresses: z.string().max(10_000, 'That is too much text for a list of addresses.'),
})

export type TestGroupInput = z.infer<typeof TestGroupForm>

/**
 * Makes a group of addresses for tests (`id` null), or changes one, and returns its id. Throws `InvalidError` by field, `NotFoundError`.
 */
export async function saveTestGroup(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, input, by }: { id: string | null; input: TestGroupInput; by: string | null },
): Promise<string> {
  const addresses = testAddresses(input.addresses, 'addresses')
  if (addresses.length === 0) throw new InvalidError({ addresses: 'Write at least one address.' })
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const taken = await tx
      .selectFrom('test_group')
      .select('id')
      .where(({ fn }) => fn<string>('lower', ['name']), '=', input.name.toLowerCase())
      .$if(id !== null, (query) => query.where('id', '!=', id))
      .executeTakeFirst()
    if (taken) throw new InvalidError({ name: 'There is a group of this name already.' })
    const groupId = id ?? newId(now)
    const change = { name: input.name, addresses }
    if (id === null) {
      const row = { id: groupId, ...change, created_by: by, created_at: now }
      await tx.insertInto('test_group').values(row).execute()
    } else {
      const saved = await tx.updateTable('test_group').set(change).where('id', '=', id).executeTakeFirst()
      if (saved.numUpdatedRows !== 1n) throw new NotFoundError('There is no such test group.')
    }
    const detail = `${input.name}: ${addresses.join(', ')}`
    await recordAudit(tx, { action: 'save-test-group', subjectIds: [groupId], detail, by, now })
    return groupId
  })
}
