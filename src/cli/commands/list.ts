import { Argument, Command } from 'commander'
import { createList } from '../../audience/create-list.js'
import { demandApproval } from '../../audience/demand-approval.js'
import { lists } from '../../audience/lists.js'
import { NotFoundError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { withContext } from '../with-context.js'

/** `carillon list`: lists people can be on. */
export function listCommand(): Command {
  const command = new Command('list').description('lists people can be on')
  command
    .command('create <name>')
    .description('make a public list')
    .action(withContext(async (ctx, name: string) => ({ id: await createList(ctx, { name }) })))
  command
    .command('show')
    .description('every list with its counts')
    .action(withContext((ctx) => lists(ctx)))
  command
    .command('approval <name>')
    .description('say whether only approved issues may be scheduled for it')
    .addArgument(new Argument('<switch>', 'on or off').choices(['on', 'off']))
    .action(
      withContext(async (ctx, name: string, demand: string) => {
        const list = (await lists(ctx)).find((one) => one.name === name)
        if (!list) throw new NotFoundError(`There is no list called “${name}”.`)
        await demandApproval(ctx, { listId: list.id, isDemanded: demand === 'on' })
        const action = demand === 'on' ? 'demand-approval' : 'waive-approval'
        await recordAudit(ctx.db, { action, subjectIds: [list.id], by: null, now: ctx.clock.now() })
      }),
    )
  return command
}
