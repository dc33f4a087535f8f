import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { ConflictError, InvalidError } from '../../../errors.js'
import { addBlock } from '../../../issues/add-block.js'
import type { DraftVersion } from '../../../issues/change-draft.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { moveBlock } from '../../../issues/move-block.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { removeBlock } from '../../../issues/remove-block.js'
import { reviseBlock } from '../../../issues/revise-block.js'
import { BLOCK_KINDS } from '../../../rendering/blocks.js'
import { readForm } from '../../form.js'
import { pathId } from '../../path-id.js'
import { renderIssue } from '../issue-page.js'
import { answerAutosave, isAutosave, refuseAutosave } from './answer-autosave.js'
import { type ComposerState, composerPath, composerState } from './composer-state.js'
import { readBlock } from './read-block.js'

type Needs = PreflightNeeds

const Version = z.object({ version: z.coerce.number().int().min(0) })
const Place = Version.extend({ position: z.coerce.number().int().min(0).max(10_000) })
const Addition = Place.extend({ kind: z.enum(BLOCK_KINDS as [string, ...string[]]) })

/** `/issues/:issueId/blocks`: add one; `…/:blockId` saves it, `…/position` moves it, `…/removal` takes it out. */
export function blockRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      const { version, position, kind } = readForm(Addition, req.body)
      const addition = { kind: kind as (typeof BLOCK_KINDS)[number], position }
      return (await addBlock(ctx, { issueId, version }, addition)).blockId
    })
  })
  router.post('/:blockId', async (req, res) => save(ctx, req, res))
  router.post('/:blockId/position', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      const { version, position } = readForm(Place, req.body)
      await moveBlock(ctx, { issueId, version }, { blockId: blockIdOf(req), position })
      return null
    })
  })
  router.post('/:blockId/removal', async (req, res) => {
    await answering(ctx, req, res, async (issueId) => {
      await removeBlock(ctx, draftOf(req, issueId), blockIdOf(req))
      return null
    })
  })
  return router
}

/** The draft that a form was made for. */
export function draftOf(req: Request, issueId: string): DraftVersion {
  return { issueId, version: readForm(Version, req.body).version }
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
  const content = kind ? readBlock(kind, req.body) : typedWords(req.body)
  try {
    if (!kind) throw new ConflictError('Somebody else has removed this block. What you typed is below.')
    await reviseBlock(ctx, draftOf(req, issueId), { blockId, content })
    if (isAutosave(req)) return await answerAutosave(ctx, req, issueId)
    const staysOpen = req.body?.change !== undefined
    res.redirect(303, composerPath(issueId, { ...state, edit: staysOpen ? blockId : null }))
  } catch (error) {
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    if (isAutosave(req)) return refuseAutosave(res, error)
    const isConflict = error instanceof ConflictError
    const refusal = isConflict
      ? { errors: {}, typed: content, conflict: error.message }
      : { errors: error.issues, typed: content }
    await renderIssue(ctx, res.status(isConflict ? 409 : 422), issueId, { state, refusal })
  }
}

const NOT_TYPED = ['_csrf', 'version', 'view', 'as', 'edit', 'add']

function typedWords(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_TYPED.includes(name)))
}

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
    if (!(error instanceof ConflictError || error instanceof InvalidError)) throw error
    const refusal = { errors: {}, conflict: error.message }
    await renderIssue(ctx, res.status(409), issueId, { state, refusal })
  }
}
