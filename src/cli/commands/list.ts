import { Command } from 'commander'
import { createList } from '../../audience/create-list.js'
import { lists } from '../../audience/lists.js'
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
  return command
}
