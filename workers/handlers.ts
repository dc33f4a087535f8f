import { bulkActJob } from '../src/audience/bulk/bulk-act.js'
import { remindBulkActs, runBulkAct } from '../src/audience/bulk/run-bulk-act.js'
import { forgetLeftovers } from '../src/audience/erasure/forget-leftovers.js'
import { mendWordIndexJob, runImportJob } from '../src/audience/import/jobs.js'
import { forgetOldImports, resumeImports } from '../src/audience/import/resume-imports.js'
import { runImport } from '../src/audience/import/run-import.js'
import { remindSubscriberMails } from '../src/audience/mails/remind-subscriber-mails.js'
import { sendSubscriberMail } from '../src/audience/mails/send-subscriber-mail.js'
import { sendSubscriberMailJob } from '../src/audience/mails/send-subscriber-mail-job.js'
import { remindConfirmation } from '../src/audience/remind-confirmation.js'
import { remindConfirmationJob } from '../src/audience/remind-confirmation-job.js'
import { remindConfirmations } from '../src/audience/remind-confirmations.js'
import { remindSignUps } from '../src/audience/remind-sign-ups.js'
import { sendConfirmation } from '../src/audience/send-confirmation.js'
import { sendConfirmationJob } from '../src/audience/send-confirmation-job.js'
import { takeSignUp } from '../src/audience/take-sign-up.js'
import { takeSignUpJob } from '../src/audience/take-sign-up-job.js'
import { mendWordIndex, remindWordIndex } from '../src/audience/word-index.js'
import type { Context } from '../src/context.js'
import { fanOutIssue } from '../src/delivery/fan-out-issue.js'
import { fanOutIssueJob, purgeJob, releaseIssuesJob, sendIssueJob, sweepJob } from '../src/delivery/jobs.js'
import { releaseDueIssues } from '../src/delivery/release-due-issues.js'
import { sendIssue } from '../src/delivery/send-issue.js'
import type { Sender } from '../src/delivery/sender.js'
import { sweep } from '../src/delivery/sweep.js'
import { approvalMailJob } from '../src/issues/approval/jobs.js'
import { remindApprovalMails } from '../src/issues/approval/remind-approval-mails.js'
import { sendApprovalMail } from '../src/issues/approval/send-approval-mail.js'
import { publishIssues } from '../src/issues/archive/publish-issues.js'
import { makeDigestsJob } from '../src/issues/digests/jobs.js'
import { makeDigests } from '../src/issues/digests/make-digests.js'
import { findOut } from '../src/issues/preflight/background/find-out.js'
import { findOutJob } from '../src/issues/preflight/background/find-out-job.js'
import { forgetOldChecks } from '../src/issues/preflight/background/remember.js'
import { checkFeed } from '../src/news/check-feed.js'
import { checkFeeds } from '../src/news/check-feeds.js'
import { checkFeedJob, checkFeedsJob } from '../src/news/jobs.js'
import { purge } from '../src/operations/retention/purge.js'
import { HandedBackError, handler, type JobHandler } from '../src/queues/job.js'

/** Every job with the verb that does it; `stopping` ends a batch after the group on the wire and hands it to the next worker. */
export function jobHandlers(
  ctx: Context & { store: { databaseUrl: string } },
  { sender, stopping }: { sender: Sender; stopping: AbortSignal },
): JobHandler[] {
  return [
    handler(releaseIssuesJob, async () => {
      await releaseDueIssues(ctx)
      await publishIssues(ctx)
    }),
    handler(sweepJob, async () => {
      await sweep(ctx)
      await remindSignUps(ctx)
      await remindConfirmations(ctx)
      await remindSubscriberMails(ctx)
      await remindApprovalMails(ctx)
      await resumeImports(ctx)
      await remindWordIndex(ctx)
      await forgetLeftovers(ctx)
      await remindBulkActs(ctx)
    }),
    handler(purgeJob, async () => {
      await purge(ctx)
      await forgetOldChecks(ctx)
      await forgetOldImports(ctx)
    }),
    handler(fanOutIssueJob, ({ issueId }) => fanOutIssue(ctx, issueId)),
    handler(sendIssueJob, async (turn) => {
      await sendIssue(ctx, sender, { turn, stopping })
      if (stopping.aborted) throw new HandedBackError()
    }),
    handler(runImportJob, async ({ importId }) => {
      await runImport(ctx, importId, { stopping })
      if (stopping.aborted) throw new HandedBackError()
    }),
    handler(mendWordIndexJob, () => mendWordIndex(ctx)),
    handler(makeDigestsJob, () => makeDigests(ctx)),
    handler(findOutJob, async ({ issueId }) => {
      await findOut(ctx, issueId)
    }),
    handler(bulkActJob, ({ actId }) => runBulkAct(ctx, actId)),
    handler(checkFeedsJob, () => checkFeeds(ctx)),
    handler(checkFeedJob, ({ feedId }) => checkFeed(ctx, feedId)),
    handler(approvalMailJob, (told) => sendApprovalMail(ctx, told)),
    handler(takeSignUpJob, (kept) => takeSignUp(ctx, kept)),
    handler(sendConfirmationJob, (asked) => sendConfirmation(ctx, asked)),
    handler(remindConfirmationJob, (asked) => remindConfirmation(ctx, asked)),
    handler(sendSubscriberMailJob, (noted) => sendSubscriberMail(ctx, noted)),
  ]
}
