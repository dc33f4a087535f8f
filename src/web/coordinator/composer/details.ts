import { type Request, type Response, Router } from 'express'
import { ConflictError, InvalidError } from '../../../errors.js'
import { baseOf } from '../../../issues/merge-changes.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { IssueForm, reviseIssue } from '../../../issues/revise-issue.js'
import { readForm } from '../../form.js'
import { tickedLists } from '../../ticked-lists.js'
import { renderIssue } from '../issue-page.js'
import { answerAutosave, isAutosave, refuseAutosave } from './answer-autosave.js'
import { draftOf, issueIdOf } from './blocks.js'
import { chosenSegments } from './chosen-segments.js'
import { type ComposerState, composerPath, composerState } from './composer-state.js'
import { formBase, refusalOf } from './form-base.js'

type Needs = PreflightNeeds

/** `/issues/:issueId/details`: POST saves subject, preheader, sender, language, lists and segments. */
export function detailRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', (req, res) => save(ctx, req, res))
  return router
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const state: ComposerState = { ...composerState(req), edit: 'details', add: null }
  const typed = {
    ...req.body,
    listIds: tickedLists.parse(req.body?.listIds),
    segments: chosenSegments(req.body ?? {}),
  }
  try {
    const input = readForm(IssueForm, typed)
    const draft = draftOf(req, issueId)
    const version = await reviseIssue(ctx, draft, input, formBase(req))
    const saved = { version, base: baseOf({ ...input, listIds: [...input.listIds].sort() }) }
    if (isAutosave(req)) return await answerAutosave(ctx, req, { issueId, draft, ...saved })
    res.redirect(303, composerPath(issueId, { ...state, edit: null }))
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    if (isAutosave(req)) return refuseAutosave(res, error)
    const status = error instanceof ConflictError ? 409 : 422
    await renderIssue(ctx, res.status(status), issueId, { state, refusal: refusalOf(error, req, typed) })
  }
}
