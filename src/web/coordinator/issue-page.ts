import type { Response } from 'express'
import type { Context } from '../../context.js'
import { progress } from '../../delivery/progress.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../issues/issue.js'
import { renderPage } from '../page.js'
import { progressView } from '../progress-view.js'
import { type ComposerView, renderComposer } from './composer/composer-page.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Renders an issue: a draft in its composer, any other with its balance and how far it has come. */
export async function renderIssue(
  ctx: Needs,
  res: Response,
  issueId: string,
  view: ComposerView,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  if (issue.status === 'draft') return renderComposer(ctx, res, issueId, view)
  await renderReport(ctx, res, issue, view)
}

async function renderReport(
  ctx: Needs,
  res: Response,
  issue: IssueWithBlocks,
  { refusal, testResult, testTo }: ComposerView,
): Promise<void> {
  const { status } = issue
  renderPage(res, 'coordinator/issue/report', {
    title: issue.title,
    issue,
    live: progressView(issue, await progress(ctx.db, issue.id)),
    balance: issue.balance ?? issue.scheduled_balance,
    isScheduled: status === 'scheduled',
    isSending: status === 'sending',
    isPaused: status === 'paused',
    isMoving: status === 'sending' || status === 'paused' || status === 'scheduled',
    conflict: refusal?.conflict,
    lostText: refusal?.typed ? Object.values(refusal.typed).flat().filter(Boolean).map(String) : null,
    testResult,
    testTo,
  })
}
