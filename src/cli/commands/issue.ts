import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { lists } from '../../audience/lists.js'
import type { OpenContext } from '../../context.js'
import { cancelIssue } from '../../delivery/cancel-issue.js'
import { changeSpeed } from '../../delivery/change-speed.js'
import { chooseSubject } from '../../delivery/choose-subject.js'
import { exportBalance } from '../../delivery/export-balance.js'
import { pauseIssue } from '../../delivery/pause-issue.js'
import { progress } from '../../delivery/progress.js'
import { releaseDueIssues } from '../../delivery/release-due-issues.js'
import { resumeIssue } from '../../delivery/resume-issue.js'
import { InvalidError } from '../../errors.js'
import { CanaryForm } from '../../issues/canary.js'
import { duplicateIssue } from '../../issues/duplicate-issue.js'
import { issueList, issueWithBlocks } from '../../issues/issue.js'
import { scheduleIssue } from '../../issues/schedule-issue.js'
import { type FirstFew, SubjectTestForm, USUAL_TEST } from '../../issues/subject-test.js'
import { retryRejected } from '../../operations/retry-rejected.js'
import { checkIssue } from '../check-issue.js'
import { composeIssue, IssueFile } from '../compose-issue.js'
import { withContext } from '../with-context.js'
import { addApproval } from './issue-approval.js'
import { addTest } from './issue-test.js'
import { perHourOf } from './sending.js'

/** `carillon issue`: newsletters, from a file to the last outcome. */
export function issueCommand(): Command {
  const command = new Command('issue').description('newsletters')
  command
    .command('list')
    .description('every issue, those changed last first')
    .action(withContext((ctx) => issueList(ctx)))
  command
    .command('compose <file>')
    .description('make a draft from a JSON file, see docs/issue-file.md')
    .action(
      withContext(async (ctx, file: string) =>
        composeIssue(ctx, IssueFile.parse(JSON.parse(await readFile(file, 'utf8')))),
      ),
    )
  command
    .command('check <id>')
    .description('everything that is wrong or could be better, links, spam score and DNS included')
    .option('--json', 'one line of JSON, as every command prints')
    .action(withContext((ctx, issueId: string) => checkIssue(ctx, issueId)))
  addTest(command)
  addApproval(command)
  command
    .command('send <id>')
    .description('schedule it and print the balance')
    .option('--at <time>', 'ISO 8601 time with zone; at once when left out')
    .option('--canary-list <name>', 'first to the people of this list')
    .option('--canary-percent <number>', 'first to a part of the readers, 0.1 to 50')
    .option('--canary-limit <percent>', 'the others only when at most so many refuse', '5')
    .option('--subject-b <text>', 'a second subject, tried on a part of the readers')
    .option('--subject-c <text>', 'a third one')
    .option('--test-percent <number>', 'the part that tries them, 1 to 50', String(USUAL_TEST.percent))
    .option('--test-hours <number>', 'when the best is chosen, 1 to 72', String(USUAL_TEST.hours))
    .action(
      withContext(async (ctx, id: string, options: SendOptions) => {
        const { version } = await issueWithBlocks(ctx, id)
        const first = await firstFewOf(ctx, options)
        await scheduleIssue(ctx, { issueId: id, version, ...first }, options.at ? momentOf(options.at) : null)
        await releaseDueIssues(ctx)
        const { scheduled_balance, canary, subject_test: test } = await issueWithBlocks(ctx, id)
        return {
          id,
          balance: scheduled_balance,
          ...(canary ? { canary } : {}),
          ...(test ? { subjectTest: test } : {}),
        }
      }),
    )
  addInterventions(command)
  return command
}

type SendOptions = {
  at?: string
  canaryList?: string
  canaryPercent?: string
  canaryLimit: string
  subjectB?: string
  subjectC?: string
  testPercent: string
  testHours: string
}

async function firstFewOf(ctx: OpenContext, options: SendOptions): Promise<FirstFew> {
  if (options.subjectB === undefined) return { canary: await canaryOf(ctx, options), subjectTest: null }
  if (options.canaryList !== undefined || options.canaryPercent !== undefined)
    throw new InvalidError({ canary: 'Try subjects or send to a few first, not both.' })
  return SubjectTestForm.parse({
    subject_b: options.subjectB,
    subject_c: options.subjectC,
    test_percent: options.testPercent,
    test_hours: options.testHours,
  })
}

async function canaryOf(ctx: OpenContext, { canaryList, canaryPercent, canaryLimit }: SendOptions) {
  if (canaryList !== undefined && canaryPercent !== undefined)
    throw new InvalidError({ canary: 'Say --canary-list or --canary-percent, not both.' })
  if (canaryPercent !== undefined)
    return CanaryForm.parse({ canary: 'percent', canary_percent: canaryPercent, canary_limit: canaryLimit })
  if (canaryList === undefined) return null
  const list = (await lists(ctx)).find(({ name }) => name === canaryList)
  if (!list) throw new InvalidError({ canary_list: `There is no list called “${canaryList}”.` })
  return CanaryForm.parse({ canary: 'list', canary_list: list.id, canary_limit: canaryLimit })
}

function addInterventions(command: Command): void {
  command
    .command('duplicate <id>')
    .description('a new draft with the same content and lists')
    .action(
      withContext(async (ctx, issueId: string) => ({
        id: await duplicateIssue(ctx, { issueId, by: null }),
      })),
    )
  command
    .command('choose-subject <id> <letter>')
    .description('end a subject test: everybody else gets this one now')
    .action(
      withContext((ctx, issueId: string, letter: string) =>
        chooseSubject(ctx, { issueId, variant: variantOf(letter), by: null }),
      ),
    )
  command
    .command('progress <id>')
    .description('how many people stand where')
    .action(withContext(async (ctx, id: string) => progress(ctx.db, id)))
  command
    .command('balance <id>')
    .description('person by person, as CSV inside the answer')
    .action(
      withContext(async (ctx, id: string) => {
        let csv = ''
        for await (const piece of exportBalance(ctx, id)) csv += piece
        return { id, csv }
      }),
    )
  command
    .command('speed <id>')
    .description('make it slower or faster, also while it is being sent')
    .requiredOption('--per-hour <number>', 'messages an hour, or none: as fast as the limits allow')
    .action(
      withContext(async (ctx, issueId: string, { perHour }: { perHour: string }) =>
        changeSpeed(ctx, { issueId, ratePerHour: perHourOf(perHour), by: null }),
      ),
    )
  command
    .command('pause <id>')
    .action(withContext((ctx, issueId: string) => pauseIssue(ctx, { issueId, by: null })))
  command
    .command('resume <id>')
    .action(withContext((ctx, issueId: string) => resumeIssue(ctx, { issueId, by: null })))
  command
    .command('cancel <id>')
    .action(withContext((ctx, issueId: string) => cancelIssue(ctx, { issueId, by: null })))
  command
    .command('retry <id>')
    .description('send the rejected deliveries once more')
    .action(
      withContext(async (ctx, issueId: string) => ({
        retried: await retryRejected(ctx, { issueId, by: null }),
      })),
    )
}

function variantOf(letter: string): number {
  const variant = ['A', 'B', 'C'].indexOf(letter.toUpperCase())
  if (variant < 0) throw new InvalidError({ letter: 'Say A, B or C.' })
  return variant
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    throw new InvalidError({ sendAt: 'Write the time as 2026-03-31T09:00+02:00.' })
  }
  return moment
}
