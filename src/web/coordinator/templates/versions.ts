import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { ConflictError } from '../../../errors.js'
import { lineDiff } from '../../../templates/line-diff.js'
import { restoreTemplate } from '../../../templates/restore-template.js'
import { templateVersion, templateVersions } from '../../../templates/template-versions.js'
import { template } from '../../../templates/templates.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Number32 = z.coerce.number().int().min(1).max(2_000_000_000)
const State = z.object({ version: Number32 })
/** So many lines that did not change are shown around those that did. */
const CONTEXT_LINES = 3

/** `/templates/:id/versions`: what a template was like; `…/:version` what has changed since, `…/:version/restoration` makes it the present one. */
export function versionRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => showVersions(ctx, req, res))
  router.get('/:version', (req, res) => showVersion(ctx, req, res))
  router.post('/:version/restoration', async (req, res) => {
    const id = pathId(req, 'id')
    try {
      const { version } = readForm(State, req.body)
      await restoreTemplate(ctx, { id, version }, { earlier: versionOf(req), by: accountOf(res).id })
      res.redirect(303, withNotice(`/templates/${id}`, 'version-restored'))
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await showVersion(ctx, req, res.status(409), error.message)
    }
  })
  return router
}

function versionOf(req: Request): number {
  const number = Number32.safeParse(req.params['version'])
  return number.success ? number.data : 0
}

async function showVersions(ctx: Needs, req: Request, res: Response): Promise<void> {
  const row = await template(ctx, pathId(req, 'id'))
  const versions = await templateVersions(ctx, row.id)
  renderPage(res, 'coordinator/templates/versions', {
    title: `Versions of ${row.name}`,
    template: row,
    versions: versions.map((version) => ({ ...version, isPresent: version.version === row.version })),
  })
}

async function showVersion(ctx: Needs, req: Request, res: Response, problem?: string): Promise<void> {
  const row = await template(ctx, pathId(req, 'id'))
  const earlier = await templateVersion(ctx, row.id, versionOf(req))
  renderPage(res, 'coordinator/templates/version', {
    title: row.name,
    isWide: true,
    template: row,
    earlier,
    problem,
    isSame: earlier.source === row.source && earlier.name === row.name,
    runs: shownRuns(earlier.source, row.source),
  })
}

function shownRuns(earlier: string, later: string) {
  const runs = lineDiff(earlier, later)
  return runs.map(({ kind, lines }, index) => {
    const head = index === 0 ? 0 : CONTEXT_LINES
    const tail = index === runs.length - 1 ? 0 : CONTEXT_LINES
    const left = lines.length - head - tail
    if (kind !== 'same' || left < 2) return { kind, before: lines, left: 0, after: [] }
    return { kind, before: lines.slice(0, head), left, after: tail > 0 ? lines.slice(-tail) : [] }
  })
}
