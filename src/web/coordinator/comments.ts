import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { InvalidError } from '../../errors.js'
import { moveThread } from '../../issues/comments/move-thread.js'
import { replyToThread } from '../../issues/comments/reply-to-thread.js'
import { CommentForm, writeComment } from '../../issues/comments/write-comment.js'
import type { PreflightNeeds } from '../../issues/preflight/preflight.js'
import { readForm } from '../form.js'
import { accountOf } from '../middleware/sessions.js'
import { pathId } from '../path-id.js'
import { issueIdOf } from './composer/blocks.js'
import { composerPath, composerState } from './composer/composer-state.js'
import { renderIssue } from './issue-page.js'

type Needs = PreflightNeeds

const Where = z.object({ blockId: z.uuid().nullable().catch(null) })

/** `/issues/:issueId/comments`: begin a thread; `…/:threadId/replies` answers, `…/resolution` and `…/reopening` settle it or not. */
export function commentRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', (req, res) => {
    const { blockId } = Where.parse(req.body ?? {})
    return writing(ctx, { req, res, on: blockId ?? 'issue' }, (body, by) =>
      writeComment(ctx, { issueId: issueIdOf(req), blockId, body, by }),
    )
  })
  router.post('/:threadId/replies', (req, res) => {
    const threadId = pathId(req, 'threadId')
    return writing(ctx, { req, res, on: threadId }, (body, by) =>
      replyToThread(ctx, { issueId: issueIdOf(req), threadId, body, by }),
    )
  })
  router.post('/:threadId/resolution', (req, res) => settle(ctx, 'resolved', { req, res }))
  router.post('/:threadId/reopening', (req, res) => settle(ctx, 'open', { req, res }))
  return router
}

type Written = { req: Request; res: Response; on: string }

async function writing(
  ctx: Needs,
  { req, res, on }: Written,
  write: (body: string, by: string) => Promise<unknown>,
): Promise<void> {
  try {
    const { body } = readForm(CommentForm, req.body)
    await write(body, accountOf(res).id)
    res.redirect(303, backTo(req))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const body = z.string().catch('').parse(req.body?.body)
    const comment = { on, body, error: error.message }
    await renderIssue(ctx, res.status(422), issueIdOf(req), { state: composerState(req), comment })
  }
}

async function settle(ctx: Needs, to: 'open' | 'resolved', { req, res }: Omit<Written, 'on'>): Promise<void> {
  const threadId = pathId(req, 'threadId')
  await moveThread(ctx, { issueId: issueIdOf(req), threadId, to, by: accountOf(res).id })
  res.redirect(303, backTo(req))
}

// Who writes about the issue as a whole stays there.
function backTo(req: Request): string {
  const path = composerPath(issueIdOf(req), composerState(req))
  return req.body?.['at'] === 'issue' ? `${path.split('#')[0]}#comments` : path
}
