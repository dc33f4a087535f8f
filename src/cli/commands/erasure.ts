import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { eraseAddress } from '../../audience/erase-subscriber.js'
import { findEvidence } from '../../audience/erasure/find-evidence.js'
import { erasures } from '../../audience/erasures.js'
import { reapplyErasures } from '../../audience/reapply-erasures.js'
import type { Context } from '../../context.js'
import { journalLine, parseJournal } from '../../erasure-journal.js'
import { InvalidError } from '../../errors.js'
import { printPieces } from '../print-pieces.js'
import { withContext } from '../with-context.js'

/** The commands of `carillon subscriber` that forget people, and that make up for it after a backup was restored. */
export function addErasureCommands(command: Command): void {
  command
    .command('erase <address>')
    .description('remove a person from everywhere, for good')
    .option('--json', 'one line of JSON, as always')
    .action(withContext((ctx, email: string) => eraseAddress(ctx, { email, by: null })))
  command
    .command('erasures')
    .description('the journal of erasures, to be kept beside your backups: a line for each, time,key,hash')
    .action(printPieces((ctx) => lines(ctx)))
  command
    .command('reapply-erasures <file>')
    .description('after a backup was restored: erase again whom it brought back, by this journal')
    .option('--json', 'one line of JSON, as always')
    .action(
      withContext(async (ctx, file: string) => {
        const { entries, problems } = parseJournal(await readFile(file, 'utf8'))
        if (problems.length > 0)
          throw new InvalidError({
            file: `These lines are none of a journal: ${problems.slice(0, 20).join(', ')}.`,
          })
        return reapplyErasures(ctx, entries)
      }),
    )
  command
    .command('evidence <address>')
    .description('what somebody who was erased had agreed to, where the retention settings keep that')
    .option('--json', 'one line of JSON, as always')
    .action(withContext((ctx, email: string) => findEvidence(ctx, email)))
}

async function* lines(ctx: Pick<Context, 'db'>): AsyncGenerator<string> {
  for await (const entry of erasures(ctx)) yield `${journalLine(entry)}\n`
}
