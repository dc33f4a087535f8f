import { type Request, type Response, Router } from 'express'
import { ConflictError, InvalidError } from '../../../errors.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { IssueForm, reviseIssue } from '../../../issues/revise-issue.js'
import { readForm } from '../../form.js'
import { tickedLists } from '../../ticked-lists.js'
import { renderIssue } from '../issue-page.js'
import { answerAutosave, isAutosave, refuseAutosave } from './answer-autosave.js'
import { draftOf, issueIdOf } from './blocks.js'
import { chosenSegments } from './chosen-segments.js'
import { type ComposerState, composerPath, composerState } from './composer-state.js'

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
    await reviseIssue(ctx, draftOf(req, issueId), readForm(IssueForm, typed))
    if (isAutosave(req)) return await answerAutosave(ctx, req, issueId)
    res.redirect(303, composerPath(issueId, { ...state, edit: null }))
  } catch (error) {
    const isExpected = error instanceof InvalidError || error instanceof ConflictError
    if (isExpected && isAutosave(req)) return refuseAutosave(res, error)
    if (error instanceof InvalidError) {
      const refusal = { errors: error.issues, typed }
      return renderIssue(ctx, res.status(422), issueId, { state, refusal })
    }
    if (!(error instanceof ConflictError)) throw error
    const refusal = { errors: {}, typed, conflict: error.message }
    await renderIssue(ctx, res.status(409), issueId, { state, refusal })
  }
}
