import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { exportSubscribers } from '../../audience/export/export-subscribers.js'
import { segmentFacts } from '../../audience/segments/segment-facts.js'
import type { SubscriptionStatus } from '../../audience/subscription-status.js'
import { InvalidError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { listCalled } from '../list-called.js'
import { segmentCalled } from '../segment-called.js'
import { withOutput } from '../with-context.js'

type ExportOptions = {
  list?: string
  segment?: string
  status?: SubscriptionStatus
  search?: string
  all?: true
}

/** Adds `carillon subscriber export`. */
export function addExport(command: Command): void {
  command
    .command('export')
    .description('write people as CSV to standard output; see docs/import.md')
    .option('--list <name>', 'those of this list, with where they stand')
    .option('--segment <name>', 'those in this segment')
    .addOption(
      new Option('--status <status>', 'only those who stand so').choices([
        'confirmed',
        'pending',
        'unsubscribed',
      ]),
    )
    .option('--search <text>', 'those whom the search of the page finds')
    .option('--all', 'everybody')
    .action(
      withOutput(async (ctx, { list, segment, status, search, all }: ExportOptions) => {
        if (!list && !segment && !search && !status && !all)
          throw new InvalidError({ list: 'Say whom: --list, --segment, --status, --search or --all.' })
        const now = ctx.clock.now()
        const listId = list ? await listCalled(ctx, list) : undefined
        const found = segment ? await segmentCalled(ctx, segment) : undefined
        const people = exportSubscribers(ctx.db, {
          ...(listId ? { listId } : {}),
          ...(found ? { segment: { tree: found.tree, facts: await segmentFacts(ctx.db, now) } } : {}),
          ...(status ? { status } : {}),
          ...(search ? { search } : {}),
        })
        const subjectIds = [listId, found?.id].filter((id) => id !== undefined)
        await recordAudit(ctx.db, { action: 'export-subscribers', subjectIds, by: null, now })
        await pipeline(Readable.from(people), process.stdout, { end: false })
      }),
    )
}
