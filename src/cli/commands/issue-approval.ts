import type { Command } from 'commander'
import { demandingLists } from '../../issues/approval/approval-problems.js'
import { issueApproval } from '../../issues/approval/issue-approval.js'
import { NoteForm, submitIssue } from '../../issues/approval/submit-issue.js'
import { withContext } from '../with-context.js'

/** Adds to `carillon issue` what belongs to approval; only people approve, in the browser. */
export function addApproval(command: Command): void {
  command
    .command('submit <id>')
    .description('ask the office to approve a draft as it is')
    .option('--note <text>', 'for those who approve')
    .action(
      withContext((ctx, issueId: string, { note }: { note?: string }) =>
        submitIssue(ctx, { issueId, ...NoteForm.parse({ note }), by: null }),
      ),
    )
  command
    .command('approval <id>')
    .description('where it stands, who may approve it, what was said')
    .action(
      withContext(async (ctx, id: string) => {
        const { state, words, approvers, issue } = await issueApproval(ctx, id, ctx.clock.now())
        return {
          state,
          demandedBy: await demandingLists(ctx.db, issue.listIds),
          approvers: approvers.map(({ email }) => email),
          words: words.map(({ step, by, note, occurred_at: at }) => ({ step, by, note, at })),
        }
      }),
    )
}
