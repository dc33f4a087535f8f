import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { ConflictError, InvalidError, NotFoundError } from '../../../errors.js'
import { addBlock } from '../../../issues/add-block.js'
import type { DraftVersion } from '../../../issues/change-draft.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { baseOf } from '../../../issues/merge-changes.js'
import { moveBlock } from '../../../issues/move-block.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { removeBlock } from '../../../issues/remove-block.js'
import { blockContent, reviseBlock } from '../../../issues/revise-block.js'
import { BLOCK_KINDS } from '../../../rendering/blocks.js'
import { readForm } from '../../form.js'
import { pathId } from '../../path-id.js'
import { renderIssue } from '../issue-page.js'
import { answerAutosave, isAutosave, refuseAutosave } from './answer-autosave.js'
import { type ComposerState, composerPath, composerState } from './composer-state.js'
import { formBase, refusalOf } from './form-base.js'
import { readBlock } from './read-block.js'

type Needs = PreflightNeeds

const Version = z.object({
  version: z.coerce.number().int().min(0),
  outline: z.string().max(64).optional().catch(undefined),
})
const Place = Version.extend({ position: z.coerce.number().int().min(0).max(10_000) })
const Addition = Place.extend({ kind: z.enum(BLOCK_KINDS as [string, ...string[]]) })

/** `/issues/:issueId/blocks`: add one; `…/:blockId` saves it, `…/position` moves it, `…/removal` takes it out. */
export function blockRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      const { position, kind } = readForm(Addition, req.body)
      const addition = { kind: kind as (typeof BLOCK_KINDS)[number], position }
      return (await addBlock(ctx, draftOf(req, issueId), addition)).blockId
    })
  })
  router.post('/:blockId', async (req, res) => save(ctx, req, res))
  router.post('/:blockId/position', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      const { position } = readForm(Place, req.body)
      await moveBlock(ctx, draftOf(req, issueId), { blockId: blockIdOf(req), position })
      return composerState(req).edit
    })
  })
  router.post('/:blockId/removal', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      await removeBlock(ctx, draftOf(req, issueId), blockIdOf(req), formBase(req))
      const { edit } = composerState(req)
      return edit === blockIdOf(req) ? null : edit
    })
  })
  return router
}

/** The draft that a form was made for. */
export function draftOf(req: Request, issueId: string): DraftVersion {
  return { issueId, ...readForm(Version, req.body) }
}

/** The issue's id in the address; throws `NotFoundError` for what is none. */
export function issueIdOf(req: Request): string {
  return pathId(req, 'issueId')
}

function blockIdOf(req: Request): string {
  return pathId(req, 'blockId')
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  const issueId = issueIdOf(req)
  const blockId = blockIdOf(req)
  const state: ComposerState = { ...composerState(req), edit: blockId, add: null }
  const before = await issueWithBlocks(ctx, issueId)
  const kind = before.blocks.find((block) => block.id === blockId)?.kind
  const content = kind ? readBlock(kind, req.body) : (req.body ?? {})
  try {
    if (!kind) throw new ConflictError(REMOVED)
    const draft = draftOf(req, issueId)
    const version = await reviseBlock(ctx, draft, { blockId, content, base: formBase(req) })
    const saved = { version, blockId, base: baseOf(blockContent(kind, content)) }
    if (isAutosave(req)) return await answerAutosave(ctx, req, { issueId, draft, ...saved })
    const staysOpen = req.body?.change !== undefined
    res.redirect(303, composerPath(issueId, { ...state, edit: staysOpen ? blockId : null }))
  } catch (caught) {
    const error = caught instanceof NotFoundError && kind ? new ConflictError(REMOVED) : caught
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    if (isAutosave(req)) return refuseAutosave(res, error)
    const status = error instanceof ConflictError ? 409 : 422
    await renderIssue(ctx, res.status(status), issueId, { state, refusal: refusalOf(error, req, content) })
  }
}

const REMOVED = 'Somebody else has removed this block. What you typed is below.'

/** Runs a change of the outline and shows the draft after it; a refused one loses nothing: the page says why and shows how things stand. */
export async function answering(
  ctx: Needs,
  req: Request,
  res: Response,
  change: (issueId: string) => Promise<string | null>,
): Promise<void> {
  const issueId = issueIdOf(req)
  const state = { ...composerState(req), add: null }
  try {
    const opened = await change(issueId)
    res.redirect(303, composerPath(issueId, { ...state, edit: opened }))
  } catch (error) {
    await showRefused(ctx, { req, res, issueId }, error)
  }
}

/** Shows an issue as it stands, and why a change of it was refused; throws what is no refusal. */
export async function showRefused(
  ctx: Needs,
  { req, res, issueId }: { req: Request; res: Response; issueId: string },
  error: unknown,
): Promise<void> {
  const isKnown = [ConflictError, InvalidError, NotFoundError].some((kind) => error instanceof kind)
  if (!isKnown) throw error
  const { message } = error as Error
  const status = error instanceof InvalidError ? 422 : 409
  const state = { ...composerState(req), add: null }
  await renderIssue(ctx, res.status(status), issueId, { state, refusal: { errors: {}, conflict: message } })
}
