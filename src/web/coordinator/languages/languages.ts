import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { ConflictError, InvalidError, NotFoundError } from '../../../errors.js'
import { addLanguage } from '../../../issues/add-language.js'
import type { DraftVersion } from '../../../issues/change-draft.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { type Base, baseOf } from '../../../issues/merge-changes.js'
import { moveLanguage } from '../../../issues/move-language.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { removeLanguage } from '../../../issues/remove-language.js'
import { reviseBlockText, textsBaseAfter } from '../../../issues/revise-block-text.js'
import { LanguageForm, reviseLanguage } from '../../../issues/revise-language.js'
import { redoDraft, undoDraft } from '../../../issues/undo-draft.js'
import { canonicalTag } from '../../../rendering/languages/language-tag.js'
import { readForm } from '../../form.js'
import { pathId } from '../../path-id.js'
import { type Autosaved, formAfter, isAutosave, refuseAutosave } from '../composer/answer-autosave.js'
import { draftOf, issueIdOf, showRefused } from '../composer/blocks.js'
import { formBase, refusalOf } from '../composer/form-base.js'
import { languagePath } from './languages-view.js'
import { renderTranslatePage, translationStateView } from './translate-page.js'

type Needs = PreflightNeeds

const Place = z.object({ position: z.coerce.number().int().min(0).max(100) })
const Addition = z.object({ language: z.string() })

/**
 * `/issues/:issueId/languages`: add one; `…/:language` shows the issue in it beside the original and saves subject and preheader,
 * `…/blocks/:blockId` what a block says; `…/position` moves it in the fallback order, `…/removal` takes it out, `…/undo` and `…/redo`.
 */
export function languageRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.post('/', (req, res) =>
    inComposer(ctx, req, res, async (draft) => {
      await addLanguage(ctx, draft, readForm(Addition, req.body).language)
      return languagePath(draft.issueId, canonicalTag(String(req.body.language)) ?? '')
    }),
  )
  router.get('/:language', (req, res) =>
    renderTranslatePage(ctx, res, { issueId: issueIdOf(req), language: languageIn(req) }),
  )
  router.post('/:language', (req, res) =>
    save(ctx, req, res, null, async (draft) => {
      const words = readForm(LanguageForm, req.body)
      const given = { language: languageIn(req), base: formBase(req), ...words }
      return { version: await reviseLanguage(ctx, draft, given), base: baseOf(words) }
    }),
  )
  router.post('/:language/blocks/:blockId', (req, res) => saveBlock(ctx, req, res))
  router.post('/:language/position', (req, res) =>
    inComposer(ctx, req, res, async (draft) => {
      await moveLanguage(ctx, draft, { language: languageIn(req), ...readForm(Place, req.body) })
      return `/issues/${draft.issueId}#languages`
    }),
  )
  router.post('/:language/removal', (req, res) =>
    inComposer(ctx, req, res, async (draft) => {
      await removeLanguage(ctx, draft, languageIn(req))
      return `/issues/${draft.issueId}#languages`
    }),
  )
  router.post('/:language/undo', step(ctx, undoDraft))
  router.post('/:language/redo', step(ctx, redoDraft))
  return router
}

function languageIn(req: Request): string {
  const tag = canonicalTag(String(req.params['language']))
  if (tag === null) throw new NotFoundError('There is nothing at this address.')
  return tag
}

// What is refused here loses nothing: the composer says why and shows how things stand.
async function inComposer(
  ctx: Needs,
  req: Request,
  res: Response,
  change: (draft: DraftVersion) => Promise<string>,
): Promise<void> {
  const issueId = issueIdOf(req)
  try {
    res.redirect(303, await change(draftOf(req, issueId)))
  } catch (error) {
    await showRefused(ctx, { req, res, issueId }, error)
  }
}

function step(ctx: Needs, verb: (ctx: Needs, draft: DraftVersion) => Promise<number>) {
  return async (req: Request, res: Response) => {
    const issueId = issueIdOf(req)
    const language = languageIn(req)
    try {
      await verb(ctx, draftOf(req, issueId))
      const { length } = await ctx.db
        .selectFrom('issue_language')
        .select('language')
        .where('issue_id', '=', issueId)
        .where('language', '=', language)
        .execute()
      // The step may have been the one that added the language.
      res.redirect(303, length > 0 ? languagePath(issueId, language) : `/issues/${issueId}`)
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      const refusal = { blockId: null, errors: {}, conflict: error.message }
      await renderTranslatePage(ctx, res.status(409), { issueId, language, refusal })
    }
  }
}

const NOT_TEXTS = ['_csrf', 'version', 'base', 'right']

async function saveBlock(ctx: Needs, req: Request, res: Response): Promise<void> {
  const blockId = pathId(req, 'blockId')
  const given = Object.entries(req.body ?? {}).filter(([name]) => !NOT_TEXTS.includes(name))
  const texts = Object.fromEntries(given.map(([path, text]) => [path, String(text)]))
  const stillRight = [req.body?.right ?? []].flat().map(String)
  const base = formBase(req)
  await save(ctx, req, res, blockId, async (draft) => {
    const given = { blockId, language: languageIn(req), texts, stillRight, base }
    const version = await reviseBlockText(ctx, draft, given)
    const { blocks } = await issueWithBlocks(ctx, draft.issueId)
    const block = blocks.find(({ id }) => id === blockId)
    return { version, base: block && base ? textsBaseAfter(block, { base, texts }) : {} }
  })
}

async function save(
  ctx: Needs,
  req: Request,
  res: Response,
  blockId: string | null,
  change: (draft: DraftVersion) => Promise<{ version: number; base: Base }>,
): Promise<void> {
  const issueId = issueIdOf(req)
  const language = languageIn(req)
  try {
    const draft = draftOf(req, issueId)
    const saved = { issueId, draft, ...(await change(draft)) }
    if (isAutosave(req)) return await answerAutosave(ctx, res, saved, language)
    res.redirect(303, `${languagePath(issueId, language)}#${blockId ? `block-${blockId}` : 'words'}`)
  } catch (caught) {
    // Somebody else may have taken out the block or the language.
    const error = caught instanceof NotFoundError ? new ConflictError(caught.message) : caught
    if (!(error instanceof InvalidError || error instanceof ConflictError)) throw error
    if (isAutosave(req)) return refuseAutosave(res, error)
    const status = error instanceof ConflictError ? 409 : 422
    const refusal = { blockId, ...refusalOf(error, req, req.body ?? {}) }
    await renderTranslatePage(ctx, res.status(status), { issueId, language, refusal })
  }
}

/** What the page shows anew after a change that it saved by itself. */
async function answerAutosave(ctx: Needs, res: Response, saved: Autosaved, language: string): Promise<void> {
  const { issueId } = saved
  const issue = await issueWithBlocks(ctx, issueId)
  const [state, { subject, preheader }] = await Promise.all([
    translationStateView(ctx, issue, language),
    previewIssue(ctx, issueId, { language, everyLanguage: false }),
  ])
  const checks = await new Promise<string>((resolve, reject) => {
    res.render('partials/translation-state', { layout: false, state }, (error, html) =>
      error ? reject(error) : resolve(html),
    )
  })
  res.json({
    ...formAfter(saved),
    preview: issue.version,
    checks,
    summaries: {},
    subject,
    preheader,
    text: null,
  })
}
