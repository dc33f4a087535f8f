import { Command } from 'commander'
import { duePurges, purge } from '../../operations/retention/purge.js'
import { retentionPeriods } from '../../operations/retention/save-retention.js'
import { withContext } from '../with-context.js'

/** `carillon retention`: for how long anything is kept. */
export function retentionCommand(): Command {
  const command = new Command('retention').description('for how long anything is kept')
  command
    .command('show')
    .description('the periods, and how much has been kept long enough')
    .action(withContext(async (ctx) => ({ periods: await retentionPeriods(ctx), due: await duePurges(ctx) })))
  command
    .command('purge')
    .description('remove now what has been kept long enough, as happens once a day')
    .action(withContext(async (ctx) => ({ removed: await purge(ctx) })))
  return command
}
