import type { DatabaseOrTx } from '../../../db/database.js'
import { InvalidError } from '../../errors.js'
import { testAddresses } from './test-addresses.js'
import type { TestChoice } from './test-choice.js'
import { testGroups } from './test-groups.js'

/** Everybody whom a choice means, each once. Throws `InvalidError` at `to` for a broken address, for nobody and for too many. */
export async function testRecipients(
  { db }: { db: DatabaseOrTx },
  { addresses, groupIds }: TestChoice,
): Promise<string[]> {
  const typed = testAddresses(addresses, 'to')
  const groups = groupIds.length > 0 ? await testGroups({ db }) : []
  const members = groups.filter(({ id }) => groupIds.includes(id)).flatMap((group) => group.addresses)
  const all = testAddresses([...typed, ...members].join('\n'), 'to')
  if (all.length === 0) throw new InvalidError({ to: 'Write an address, or choose a group.' })
  return all
}
