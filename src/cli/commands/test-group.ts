import { Command } from 'commander'
import type { OpenContext } from '../../context.js'
import { removeTestGroup } from '../../delivery/test-groups/remove-test-group.js'
import { saveTestGroup, TestGroupForm } from '../../delivery/test-groups/save-test-group.js'
import { testGroups } from '../../delivery/test-groups/test-groups.js'
import { NotFoundError } from '../../errors.js'
import { withContext } from '../with-context.js'

/** `carillon test-group`: addresses that get tests together. */
export function testGroupCommand(): Command {
  const command = new Command('test-group').description('addresses that get tests together')
  command
    .command('list')
    .description('every group with its addresses')
    .action(withContext((ctx) => testGroups(ctx)))
  command
    .command('save <name> <addresses...>')
    .description('make a group, or give the one of this name other addresses')
    .action(
      withContext(async (ctx, name: string, addresses: string[]) => {
        const input = TestGroupForm.parse({ name, addresses: addresses.join('\n') })
        const known = await groupsCalled(ctx, [name])
        return { id: await saveTestGroup(ctx, { id: known[0]?.id ?? null, input, by: null }) }
      }),
    )
  command
    .command('remove <name>')
    .action(
      withContext(async (ctx, name: string) =>
        removeTestGroup(ctx, { id: await testGroupCalled(ctx, name), by: null }),
      ),
    )
  return command
}

/** The id of a test group by its name. Throws `NotFoundError`. */
export async function testGroupCalled(ctx: OpenContext, name: string): Promise<string> {
  const [found] = await groupsCalled(ctx, [name])
  if (!found) throw new NotFoundError(`There is no test group called “${name}”.`)
  return found.id
}

async function groupsCalled(ctx: OpenContext, names: readonly string[]) {
  const wanted = names.map((name) => name.trim().toLowerCase())
  return (await testGroups(ctx)).filter(({ name }) => wanted.includes(name.toLowerCase()))
}
