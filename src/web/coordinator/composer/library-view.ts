import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { newsRegions } from '../../../news/news-library.js'
import { searchNews } from '../../../news/search-news.js'
import { todayIn } from '../../local-time.js'
import { accountOf } from '../../middleware/sessions.js'
import { shownPicture } from '../shown-picture.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

const Search = z.object({
  find: z.string().trim().max(200).catch(''),
  region: z.string().max(200).catch(''),
  all: z.literal('on').nullish().catch(null),
})

const SHOWN = 40

/** The first news items that a search of the library finds: those that no issue has shown yet and that are still news, unless all are asked for. */
export async function libraryView({ db, clock, config }: Needs, req: Request, res: Response) {
  const search = Search.parse(req.method === 'GET' ? req.query : {})
  const today = todayIn(accountOf(res).timeZone, clock.now())
  const [{ items, total }, regions] = await Promise.all([
    searchNews(
      { db },
      {
        status: 'accepted',
        search: search.find,
        region: search.region,
        ...(search.all ? {} : { use: 'never', validOn: today }),
        limit: SHOWN,
      },
    ),
    newsRegions({ db }),
  ])
  return {
    search: { ...search, all: search.all === 'on' },
    regions: regions.map((region) => ({ value: region, label: region })),
    items: items.map(({ id, title, region, published_on, image_url, language, usedIn }) => ({
      id,
      title,
      region,
      published_on,
      language,
      picture: shownPicture(image_url, config),
      usedIn: usedIn.length,
    })),
    total,
    more: total - items.length,
  }
}
