import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { exportSubscribers } from '../../audience/export/export-subscribers.js'
import type { SubscriptionStatus } from '../../audience/subscription-status.js'
import { InvalidError } from '../../errors.js'
import { listCalled } from '../list-called.js'
import { withOutput } from '../with-context.js'

type ExportOptions = { list?: string; status?: SubscriptionStatus; search?: string; all?: true }

/** Adds `carillon subscriber export`. */
export function addExport(command: Command): void {
  command
    .command('export')
    .description('write people as CSV to standard output; see docs/import.md')
    .option('--list <name>', 'those of this list, with where they stand')
    .addOption(
      new Option('--status <status>', 'only those who stand so').choices([
        'confirmed',
        'pending',
        'unsubscribed',
      ]),
    )
    .option('--search <text>', 'whose address or a field begins so')
    .option('--all', 'everybody')
    .action(
      withOutput(async (ctx, { list, status, search, all }: ExportOptions) => {
        if (!list && !search && !status && !all)
          throw new InvalidError({ list: 'Say whom: --list, --status, --search or --all.' })
        const listId = list ? await listCalled(ctx, list) : undefined
        const people = exportSubscribers(ctx.db, {
          ...(listId ? { listId } : {}),
          ...(status ? { status } : {}),
          ...(search ? { search } : {}),
        })
        await pipeline(Readable.from(people), process.stdout, { end: false })
      }),
    )
}
