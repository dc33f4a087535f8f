import type { Command } from 'commander'
import { demandingLists } from '../../issues/approval/approval-problems.js'
import { issueApproval } from '../../issues/approval/issue-approval.js'
import { NoteForm, submitIssue } from '../../issues/approval/submit-issue.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { keepSubjectTest } from '../../issues/keep-subject-test.js'
import { SubjectTestForm, USUAL_TEST } from '../../issues/subject-test.js'
import { withContext } from '../with-context.js'

/** Adds to `carillon issue` what belongs to approval; only people approve, in the browser. */
export function addApproval(command: Command): void {
  command
    .command('submit <id>')
    .description('ask the office to approve a draft as it is')
    .option('--note <text>', 'for those who approve')
    .option('--subject-b <text>', 'a second subject to be approved and tried, see issue send')
    .option('--subject-c <text>', 'a third one')
    .option('--test-percent <number>', 'the part that tries them, 1 to 50', String(USUAL_TEST.percent))
    .option('--test-hours <number>', 'when the best is chosen, 1 to 72', String(USUAL_TEST.hours))
    .action(
      withContext(async (ctx, issueId: string, options: SubmitOptions) => {
        const { note } = NoteForm.parse({ note: options.note })
        if (options.subjectB !== undefined) {
          const { version } = await issueWithBlocks(ctx, issueId)
          const first = SubjectTestForm.parse({
            subject_b: options.subjectB,
            subject_c: options.subjectC,
            test_percent: options.testPercent,
            test_hours: options.testHours,
          })
          await keepSubjectTest(ctx, { issueId, version }, first)
        }
        await submitIssue(ctx, { issueId, note, by: null })
      }),
    )
  command
    .command('approval <id>')
    .description('where it stands, who may approve it, what was said')
    .action(
      withContext(async (ctx, id: string) => {
        const { state, words, approvers, issue } = await issueApproval(ctx, id, ctx.clock.now())
        return {
          state,
          subjects: [issue.subject, ...(issue.subject_test?.subjects ?? [])],
          demandedBy: await demandingLists(ctx.db, issue.listIds),
          approvers: approvers.map(({ email }) => email),
          words: words.map(({ step, by, note, occurred_at: at }) => ({ step, by, note, at })),
        }
      }),
    )
}

type SubmitOptions = {
  note?: string
  subjectB?: string
  subjectC?: string
  testPercent: string
  testHours: string
}
