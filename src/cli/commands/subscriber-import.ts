import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { judgeFile, recogniseService } from '../../audience/import/columns/recognise-service.js'
import { servicesWithoutLeavers } from '../../audience/import/columns/without-leavers.js'
import { ENCODINGS, type Encoding } from '../../audience/import/csv/encoding.js'
import { readColumns } from '../../audience/import/import-choices.js'
import { importFields } from '../../audience/import/import-fields.js'
import { importFile } from '../../audience/import/import-file.js'
import { refusedRows } from '../../audience/import/refused-rows.js'
import type { OpenContext } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { listCalled } from '../list-called.js'
import { collect, withContext } from '../with-context.js'

type ImportOptions = {
  list: string
  source: string
  existing: 'leave' | 'fill' | 'overwrite'
  map?: string[]
  standing?: 'subscribed' | 'left' | 'bounced'
  only?: string[]
  encoding?: Encoding
  delimiter?: string
  refused?: string
  dryRun?: true
}

/** Adds `carillon subscriber import`. */
export function addImport(command: Command): void {
  command
    .command('import <file>')
    .description('take people from a CSV file or a ZIP of them; see docs/import.md')
    .requiredOption('--list <name>', 'list to put them on')
    .requiredOption('--source <note>', 'where they agreed: kept as evidence')
    .addOption(
      new Option('--existing <choice>', 'fields of people who are known already')
        .choices(['leave', 'fill', 'overwrite'])
        .default('fill'),
    )
    .option('--map <column=what>', 'what a column holds, such as "Town=CITY"; may be given again', collect)
    .addOption(
      new Option('--standing <standing>', 'what the file says of everybody in it').choices(
        Object.keys(STANDING_OF_WORD),
      ),
    )
    .option('--only <file>', 'of a ZIP the file of this name; may be given again', collect)
    .addOption(new Option('--encoding <name>', 'how its letters are written').choices(ENCODINGS))
    .option('--delimiter <mark>', 'what stands between its cells: one character, or “tab”')
    .option('--refused <file>', 'write the refused rows with their reasons to this CSV file')
    .option('--dry-run', 'only count what would happen')
    .option('--json', 'one line of JSON, as every command prints')
    .action(withContext((ctx, path: string, options: ImportOptions) => run(ctx, path, options)))
}

const STANDING_OF_WORD = { subscribed: 'subscribed', left: 'unsubscribed', bounced: 'bounced' } as const

async function run(ctx: OpenContext, path: string, options: ImportOptions) {
  const startedAt = performance.now()
  const listId = await listCalled(ctx, options.list)
  const columns = readColumns((options.map ?? []).map(splitPair), await importFields(ctx.db))
  const { source, existing, dryRun } = options
  const isDryRun = dryRun === true
  const choices = { listId, source, existing, columns, isDryRun, ...fileOptions(options) }
  const { importId, counts, files } = await importFile(ctx, { path, ...choices })
  const silent = servicesWithoutLeavers(files)
  if (silent.length > 0)
    console.error(
      `An export of ${silent.join(' and ')} does not say who has left a list: import those with --standing left.`,
    )
  if (options.refused)
    await pipeline(Readable.from(refusedRows(ctx, importId)), createWriteStream(options.refused))
  if (isDryRun) await ctx.db.deleteFrom('import').where('id', '=', importId).execute()
  else
    await recordAudit(ctx.db, {
      action: 'import-subscribers',
      subjectIds: [importId, listId],
      by: null,
      now: ctx.clock.now(),
    })
  const { added, updated, unchanged, refused } = counts
  return {
    rows: added + updated + unchanged + refused,
    ...counts,
    seconds: Math.round(performance.now() - startedAt) / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    files: files
      .filter(({ isLeftOut }) => !isLeftOut)
      .map(({ name, header, encoding, standing = judgeFile(name, header) }) => ({
        name,
        encoding,
        service: recogniseService(header),
        standing,
      })),
    ...(isDryRun ? { dryRun: true } : {}),
  }
}

function fileOptions({ standing, only, encoding, delimiter: mark }: ImportOptions) {
  const delimiter = mark === 'tab' ? '\t' : mark
  if (delimiter !== undefined && delimiter.length !== 1)
    throw new InvalidError({ delimiter: 'Give one character, or “tab”.' })
  const said = { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) }
  return {
    ...(encoding || delimiter ? { said } : {}),
    ...(standing ? { standing: STANDING_OF_WORD[standing] } : {}),
    ...(only ? { only } : {}),
  }
}

// A column's name may hold the sign, too; what it holds never does.
function splitPair(pair: string): [string, string] {
  const at = pair.lastIndexOf('=')
  if (at < 1) throw new InvalidError({ map: `Write columns as NAME=what, not “${pair}”.` })
  return [pair.slice(0, at), pair.slice(at + 1)]
}
