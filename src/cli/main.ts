import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { ZodError } from 'zod'
import { addSubscriber } from '../audience/add-subscriber.js'
import { createList } from '../audience/create-list.js'
import { lists } from '../audience/lists.js'
import { ConfigError, readConfig, readSecretKeys } from '../config.js'
import { createContext, type OpenContext } from '../context.js'
import { cancelIssue } from '../delivery/cancel-issue.js'
import { pauseIssue } from '../delivery/pause-issue.js'
import { progress } from '../delivery/progress.js'
import { releaseDueIssues } from '../delivery/release-due-issues.js'
import { resumeIssue } from '../delivery/resume-issue.js'
import { DomainError, InvalidError } from '../errors.js'
import { issueList, issueWithBlocks } from '../issues/issue.js'
import { scheduleIssue } from '../issues/schedule-issue.js'
import { composeIssue, IssueFile } from './compose-issue.js'

const EXIT_REFUSED = 2
const program = new Command('carillon').description('Carillon’s command line. Answers are one line of JSON.')

/** Runs a command on the same parts as the service and prints its answer. */
function withContext<A extends unknown[]>(run: (ctx: OpenContext, ...given: A) => Promise<unknown>) {
  return async (...given: A) => {
    const ctx = await createContext({ ...readConfig(), logLevel: 'error' }, readSecretKeys())
    try {
      console.log(JSON.stringify((await run(ctx, ...given)) ?? { ok: true }))
    } finally {
      await ctx.close()
    }
  }
}

program
  .command('migrate')
  .description('bring the database schema up to date')
  .action(withContext(async () => ({ ok: true })))

const list = program.command('list').description('lists people can be on')
list
  .command('create <name>')
  .action(withContext(async (ctx, name: string) => ({ id: await createList(ctx, { name }) })))
list.command('show').action(withContext((ctx) => lists(ctx)))

const collect = (value: string, before: string[] = []) => [...before, value]
program
  .command('subscriber')
  .description('people who read')
  .command('add <email>')
  .requiredOption('--list <name>', 'list to put the person on; may be given again', collect)
  .requiredOption('--source <note>', 'where the person agreed: kept as evidence')
  .option('--field <KEY=value>', 'a field such as FIRSTNAME=Ada; may be given again', collect)
  .action(
    withContext(async (ctx, email: string, options: { list: string[]; source: string; field?: string[] }) => {
      const known = await lists(ctx)
      const listIds = options.list.map((name) => {
        const found = known.find((entry) => entry.name === name)
        if (!found) throw new InvalidError({ list: `There is no list called “${name}”.` })
        return found.id
      })
      const fields = Object.fromEntries((options.field ?? []).map((pair) => splitPair(pair)))
      return { id: await addSubscriber(ctx, { email, listIds, fields, note: options.source }) }
    }),
  )

const issue = program.command('issue').description('newsletters')
issue.command('list').action(withContext((ctx) => issueList(ctx)))
issue
  .command('compose <file>')
  .description('make a draft from a JSON file, see docs/issue-file.md')
  .action(
    withContext(async (ctx, file: string) =>
      composeIssue(ctx, IssueFile.parse(JSON.parse(await readFile(file, 'utf8')))),
    ),
  )
issue
  .command('send <id>')
  .option('--at <time>', 'ISO 8601 time with zone; at once when left out')
  .action(
    withContext(async (ctx, id: string, options: { at?: string }) => {
      const { version } = await issueWithBlocks(ctx, id)
      await scheduleIssue(ctx, { issueId: id, version }, options.at ? momentOf(options.at) : null)
      await releaseDueIssues(ctx)
      const { scheduled_balance } = await issueWithBlocks(ctx, id)
      return { id, balance: scheduled_balance }
    }),
  )
issue.command('progress <id>').action(withContext(async (ctx, id: string) => progress(ctx.db, id)))
issue
  .command('pause <id>')
  .action(withContext((ctx, issueId: string) => pauseIssue(ctx, { issueId, by: null })))
issue
  .command('resume <id>')
  .action(withContext((ctx, issueId: string) => resumeIssue(ctx, { issueId, by: null })))
issue
  .command('cancel <id>')
  .action(withContext((ctx, issueId: string) => cancelIssue(ctx, { issueId, by: null })))

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidError({ field: `Write fields as KEY=value, not “${pair}”.` })
  return [pair.slice(0, at).toUpperCase(), pair.slice(at + 1)]
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    throw new InvalidError({ sendAt: 'Write the time as 2026-03-31T09:00+02:00.' })
  }
  return moment
}

function explain(error: unknown): string {
  if (error instanceof InvalidError)
    return Object.entries(error.issues)
      .map(([field, text]) => `${field}: ${text}`)
      .join('\n')
  if (error instanceof ZodError)
    return error.issues.map((entry) => `${entry.path.join('.')}: ${entry.message}`).join('\n')
  if (error instanceof SyntaxError) return `This file is not JSON: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  const isRefusal = [DomainError, ZodError, ConfigError, SyntaxError].some((kind) => error instanceof kind)
  process.exitCode = isRefusal ? EXIT_REFUSED : 1
}
