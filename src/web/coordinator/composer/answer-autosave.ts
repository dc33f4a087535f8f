import type { Request, Response } from 'express'
import { ConflictError, type InvalidError } from '../../../errors.js'
import type { DraftVersion } from '../../../issues/change-draft.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { type Base, ClashError } from '../../../issues/merge-changes.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { usedNewsIds } from '../../../issues/used-news-ids.js'
import { newsItems } from '../../../news/news-items.js'
import { accountOf } from '../../middleware/sessions.js'
import { checksView } from '../preflight/checks-view.js'
import { blockSummary } from './block-form.js'
import { composerState } from './composer-state.js'
import { errorCount, fieldErrors } from './field-errors.js'
import { clashWords } from './form-base.js'
import { knownReader } from './preview-view.js'

type Needs = PreflightNeeds

/** A form that has been saved by the page itself: the draft it was made for, the version that came of it, and what the form is made from now. */
export type Autosaved = {
  issueId: string
  draft: DraftVersion
  version: number
  base: Base
  blockId?: string
}

/** Whether a form was sent by the page itself while somebody types, not by a button. */
export function isAutosave(req: Request): boolean {
  return req.accepts('html', 'json') === 'json'
}

/** What the page needs to know after a change that it saved by itself: the new version, the checks, the words that it shows elsewhere. */
export async function answerAutosave(ctx: Needs, req: Request, saved: Autosaved): Promise<void> {
  const res = req.res as Response
  const { issueId, blockId } = saved
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
    ...formAfter(saved),
    preview: issue.version,
    errors: blockId ? fieldErrors(result.findings, blockId) : {},
    checks: await rendered(res, checks),
    summaries: Object.fromEntries(issue.blocks.map((block) => [block.id, blockSummary(block, news)])),
    errorCounts: Object.fromEntries(
      issue.blocks.map((block) => [block.id, errorCount(result.findings, block.id)]),
    ),
    title: issue.title,
    subject: preview.subject,
    preheader: preview.preheader,
    text: state.view === 'text' ? preview.text : null,
  })
}

/** What a form that was saved holds from now on. A page that has not seen what others did in between stays at its version. */
export function formAfter({ draft, version, base }: Autosaved): { version: number; base: string } {
  const isNext = version === draft.version + 1
  return { version: isNext ? version : draft.version, base: JSON.stringify(base) }
}

/** Why a change was not saved: somebody else was quicker, or a field holds what can never be. */
export function refuseAutosave(res: Response, error: ConflictError | InvalidError): void {
  if (error instanceof ClashError)
    res.status(409).json({
      conflict: error.message,
      errors: clashWords(error),
      base: JSON.stringify(error.base),
    })
  else if (error instanceof ConflictError) res.status(409).json({ conflict: error.message })
  else res.status(422).json({ errors: error.issues })
}

function rendered(res: Response, checks: object): Promise<string> {
  return new Promise((resolve, reject) => {
    res.render('partials/checks', { layout: false, checks }, (error, html) =>
      error ? reject(error) : resolve(html),
    )
  })
}
