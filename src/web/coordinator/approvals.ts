import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { ConflictError, InvalidError } from '../../errors.js'
import type { ApprovalStep } from '../../issues/approval/approval-state.js'
import { approveIssue } from '../../issues/approval/approve-issue.js'
import { askForChanges } from '../../issues/approval/ask-for-changes.js'
import type { ApprovalInput } from '../../issues/approval/say-word.js'
import { ChangesForm, NoteForm, submitIssue } from '../../issues/approval/submit-issue.js'
import { withdrawSubmission } from '../../issues/approval/withdraw-submission.js'
import type { PreflightNeeds } from '../../issues/preflight/preflight.js'
import { readForm } from '../form.js'
import { accountOf } from '../middleware/sessions.js'
import { approvalView } from './approval-view.js'
import { issueIdOf } from './composer/blocks.js'
import { composerPath, composerState } from './composer/composer-state.js'
import { renderIssue } from './issue-page.js'

type Needs = PreflightNeeds
type Verb = (ctx: Needs, input: ApprovalInput) => Promise<void>

const Seen = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/, 'Reload the page and try again.') })
const VERBS: Readonly<Record<ApprovalStep, { verb: Verb; form: z.ZodType<{ note: string }> }>> = {
  submitted: { verb: submitIssue, form: NoteForm },
  withdrawn: { verb: withdrawSubmission, form: NoteForm },
  approved: { verb: approveIssue, form: NoteForm },
  asked: { verb: askForChanges, form: ChangesForm },
}

/** `/issues/:issueId/approval`: where it stands; POST `…/submission`, `…/withdrawal`, `…/approval` and `…/changes` say a word. */
export function approvalRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const issueId = issueIdOf(req)
    const approval = await approvalView(ctx, res, { issueId })
    const { account, csrfToken } = res.locals.signedIn ?? {}
    const page = { layout: false, approval, account, csrfToken, state: composerState(req) }
    res.set('Cache-Control', 'no-store').render('partials/approval', page)
  })
  router.post('/submission', (req, res) => say(ctx, 'submitted', { req, res }))
  router.post('/withdrawal', (req, res) => say(ctx, 'withdrawn', { req, res }))
  router.post('/approval', (req, res) => say(ctx, 'approved', { req, res }))
  router.post('/changes', (req, res) => say(ctx, 'asked', { req, res }))
  return router
}

async function say(ctx: Needs, step: ApprovalStep, { req, res }: { req: Request; res: Response }) {
  const issueId = issueIdOf(req)
  const state = composerState(req)
  const note = z.string().catch('').parse(req.body?.note)
  const { verb, form } = VERBS[step]
  try {
    const { hash } = readForm(Seen, req.body)
    await verb(ctx, { issueId, hash, ...readForm(form, { note }), by: accountOf(res).id })
    res.redirect(303, `${composerPath(issueId, state).split('#')[0]}#approval`)
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    const status = error instanceof ConflictError ? 409 : 422
    const approval = { note, on: step, error: error.message }
    await renderIssue(ctx, res.status(status), issueId, { state, approval })
  }
}
