import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { addSuppressions, GIVEN_REASONS } from '../../audience/add-suppressions.js'
import { liftSuppression } from '../../audience/lift-suppression.js'
import { parseSuppressionEntry } from '../../audience/suppression-entry.js'
import { exportSuppressions, searchSuppressions, suppressionCounts } from '../../audience/suppressions.js'
import type { Context } from '../../context.js'
import { InvalidError, NotFoundError } from '../../errors.js'
import { printPieces } from '../print-pieces.js'
import { withContext } from '../with-context.js'

type Reason = (typeof GIVEN_REASONS)[number]
type AddOptions = { file?: string; reason: Reason; note: string; subdomains?: boolean }
type ListOptions = { search?: string; reason?: Reason | 'erased'; limit: string }

/** `carillon suppression`: addresses and domains that get no mail. */
export function suppressionCommand(): Command {
  const command = new Command('suppression').description('addresses and domains that get no mail')
  command
    .command('add [entries...]')
    .description('suppress addresses and domains, such as example.org or *.example.org')
    .option('--file <path>', 'a text file with one a line')
    .addOption(new Option('--reason <reason>', 'why').choices(GIVEN_REASONS).default('manual'))
    .option('--note <note>', 'kept beside each of them', '')
    .option('--subdomains', 'of each domain also every domain below it')
    .option('--json', 'one line of JSON, as always')
    .action(
      withContext(async (ctx, entries: string[], { file, reason, note, subdomains }: AddOptions) => {
        const text = [...entries, file ? await readFile(file, 'utf8') : ''].join('\n')
        const includesSubdomains = subdomains === true
        return addSuppressions(ctx, { text, reason, note, includesSubdomains, by: null })
      }),
    )
  command
    .command('lift <entry>')
    .description('let mail to an address or a domain go again')
    .requiredOption('--why <reason>', 'kept in the audit')
    .option('--json', 'one line of JSON, as always')
    .action(
      withContext(async (ctx, entry: string, { why }: { why: string }) =>
        liftSuppression(ctx, { id: await idOf(ctx, entry), why, by: null }),
      ),
    )
  command
    .command('list')
    .description('the newest suppressions, and how many there are of each reason')
    .option('--search <text>', 'a whole address, or part of an address or domain')
    .addOption(new Option('--reason <reason>', 'only these').choices([...GIVEN_REASONS, 'erased']))
    .option('--limit <number>', 'at most so many', '50')
    .option('--json', 'one line of JSON, as always')
    .action(withContext((ctx, options: ListOptions) => list(ctx, options)))
  command
    .command('export')
    .description('every suppression as CSV, but of people who were erased')
    .addOption(new Option('--reason <reason>', 'only these').choices(GIVEN_REASONS))
    .action(
      printPieces((ctx, { reason }: { reason?: Reason }) =>
        exportSuppressions(ctx, reason ? { reason } : {}),
      ),
    )
  return command
}

async function idOf({ db }: Pick<Context, 'db'>, text: string): Promise<string> {
  const entry = parseSuppressionEntry(text)
  if ('problem' in entry) throw new InvalidError({ entry: entry.problem })
  const [column, value] =
    'emailKey' in entry ? (['email_key', entry.emailKey] as const) : (['domain', entry.domain] as const)
  const found = await db.selectFrom('suppression').select('id').where(column, '=', value).executeTakeFirst()
  if (!found) throw new NotFoundError('This is not suppressed by itself.')
  return found.id
}

async function list(
  ctx: Pick<Context, 'db' | 'keys'>,
  { search, reason, limit }: ListOptions,
): Promise<object> {
  const most = Number(limit)
  if (!Number.isInteger(most) || most < 1 || most > 10_000)
    throw new InvalidError({ limit: 'Between 1 and 10,000.' })
  const filter = { ...(search ? { search } : {}), ...(reason ? { reason } : {}), limit: most }
  const { suppressions } = await searchSuppressions(ctx, filter)
  return {
    counts: await suppressionCounts(ctx),
    suppressions: suppressions.map((one) => ({
      address: one.email_key,
      domain: one.domain,
      includesSubdomains: one.includes_subdomains,
      reason: one.reason,
      note: one.note,
      since: one.created_at,
    })),
  }
}
