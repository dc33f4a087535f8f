import { type Request, Router } from 'express'
import { z } from 'zod'
import { InvalidError } from '../../../errors.js'
import { issueWithBlocks } from '../../../issues/issue.js'
import { type NewsPlace, newsFieldOf, placeNewsItem } from '../../../issues/place-news-item.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { readForm } from '../../form.js'
import { answering, draftOf } from './blocks.js'
import { composerState } from './composer-state.js'
import { libraryView } from './library-view.js'

type Needs = PreflightNeeds

const Placement = z.object({
  /** What a button of the library asks for: this item into a list, or as a story of its own. */
  list: z.uuid().optional(),
  lead: z.uuid().optional(),
  /** What was dragged, and where it was dropped. */
  item: z.uuid().optional(),
  into: z.uuid().optional(),
  from: z.uuid().optional(),
  index: z.coerce.number().int().min(0).max(1000).optional(),
  position: z.coerce.number().int().min(0).max(10_000).optional(),
})

/** `/issues/:issueId/library`: the news items to choose from; POST puts one into the issue. */
export function libraryRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', async (req, res) => {
    const library = await libraryView(ctx, req, res)
    res.set('Cache-Control', 'no-store').render('partials/library-items', { layout: false, library })
  })
  router.post('/', (req, res) =>
    answering(ctx, req, res, async (issueId) => {
      const { newsItemId, place, from } = await placement(ctx, req, issueId)
      await placeNewsItem(ctx, draftOf(req, issueId), { newsItemId, place, from })
      return composerState(req).edit
    }),
  )
  return router
}

async function placement(ctx: Needs, req: Request, issueId: string) {
  const { list, lead, item, into, from, index, position } = readForm(Placement, req.body)
  const newsItemId = list ?? lead ?? item
  if (!newsItemId) throw new InvalidError({ item: 'Choose a news item.' })
  if (lead) return { newsItemId, place: { as: 'lead' } satisfies NewsPlace }
  if (into) return { newsItemId, from, place: { into, index } satisfies NewsPlace }
  if (item) return { newsItemId, from, place: { as: 'lead', position } satisfies NewsPlace }
  return { newsItemId, place: await listToFill(ctx, issueId, composerState(req).edit) }
}

/** The block that is open, when it lists news items; else the first that does. */
async function listToFill(ctx: Needs, issueId: string, open: string | null): Promise<NewsPlace> {
  const { blocks } = await issueWithBlocks(ctx, issueId)
  const block = blocks.find(({ id }) => id === open)
  return block && newsFieldOf(block.kind)?.isList ? { into: block.id } : { as: 'list' }
}
