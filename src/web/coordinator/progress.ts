import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { streamEvents } from '../event-stream.js'
import { accountOf } from '../middleware/sessions.js'
import { progressView } from '../progress-view.js'
import { createProgressWatch } from '../progress-watch.js'
import { issueIdOf } from './composer/blocks.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Seen = z.string().max(20).nullable().catch(null)

/** `/issues/:issueId/progress`: server-sent events with the counts per outcome, until the issue leaves the state that the page has `?seen=`. */
export function progressRoutes(ctx: Needs): Router {
  const watch = createProgressWatch(ctx)
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const issueId = issueIdOf(req)
    await issueWithBlocks(ctx, issueId)
    const seen = Seen.parse(req.query['seen'])
    await streamEvents(req, res, () => look(ctx, { req, issueId, seen, watch }))
  })
  return router
}

type Watch = {
  req: Request
  issueId: string
  seen: string | null
  watch: ReturnType<typeof createProgressWatch>
}

// A page offers other things in every state, so a change of state makes the browser load it anew.
async function look({ db }: Needs, { req, issueId, seen, watch }: Watch) {
  const issue = await db
    .selectFrom('issue')
    .select(['id', 'status', 'own_time'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  if (!issue) return null
  const res = req.res as Response
  const { counts, ...rest } = await watch(issueId)
  const live = progressView(issue, counts, { ...rest, timeZone: accountOf(res).timeZone })
  const data = await rendered(res, live)
  return { name: issue.status === (seen ?? issue.status) ? 'progress' : 'finished', data }
}

function rendered(res: Response, live: object): Promise<string> {
  return new Promise((resolve, reject) => {
    res.render('partials/live', { layout: false, live }, (error, html) =>
      error ? reject(error) : resolve(html),
    )
  })
}
