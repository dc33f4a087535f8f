import type { Request, Response } from 'express'
import { ConflictError, type InvalidError } from '../../../errors.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { usedNewsIds } from '../../../issues/used-news-ids.js'
import { newsItems } from '../../../news/news-items.js'
import { accountOf } from '../../middleware/sessions.js'
import { checksView } from '../preflight/checks-view.js'
import { blockSummary } from './block-form.js'
import { composerState } from './composer-state.js'
import { knownReader } from './preview-view.js'

type Needs = PreflightNeeds

/** Whether a form was sent by the page itself while somebody types, not by a button. */
export function isAutosave(req: Request): boolean {
  return req.accepts('html', 'json') === 'json'
}

/** What the page needs to know after a change that it saved by itself: the new version, the checks, the words that it shows elsewhere. */
export async function answerAutosave(ctx: Needs, req: Request, issueId: string): Promise<void> {
  const res = req.res as Response
  const state = composerState(req)
  const issue = await issueWithBlocks(ctx, issueId)
  const reader = await knownReader(ctx, state.as)
  const [preview, news] = await Promise.all([
    previewIssue(ctx, issueId, { as: reader?.id ?? null }),
    newsItems(ctx, usedNewsIds(issue)),
  ])
  const result = await preflight(ctx, issue, preview, { timeZone: accountOf(res).timeZone })
  const checks = checksView(ctx, { issue, preview, result, state })
  res.json({
    version: issue.version,
    checks: await rendered(res, checks),
    summaries: Object.fromEntries(issue.blocks.map((block) => [block.id, blockSummary(block, news)])),
    subject: preview.subject,
    preheader: preview.preheader,
    text: state.view === 'text' ? preview.text : null,
  })
}

/** Why a change was not saved: somebody else was quicker, or a field holds what can never be. */
export function refuseAutosave(res: Response, error: ConflictError | InvalidError): void {
  if (error instanceof ConflictError) res.status(409).json({ conflict: error.message })
  else res.status(422).json({ errors: error.issues })
}

function rendered(res: Response, checks: object): Promise<string> {
  return new Promise((resolve, reject) => {
    res.render('partials/checks', { layout: false, checks }, (error, html) =>
      error ? reject(error) : resolve(html),
    )
  })
}
