import type { BrowserContext } from 'playwright-core'
import { newId } from '../../db/uuid.js'
import { createSample } from '../../src/cli/sample/create-sample.js'
import { createNewsItem, proposeNewsItem } from '../../src/news/create-news-item.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { rejectNewsItem } from '../../src/news/reject-news-item.js'
import { REGION } from './sign-in.js'
import type { World } from './world.js'

const PICTURES = 'https://pictures.example'

/** A news desk in the middle of its work: a library in use, proposals of partners and of a feed, a rejection, three feeds. */
export async function sampleDesk(world: World, { office, partner }: { office: string; partner: string }) {
  await createSample(world, 3)
  const [feedId] = await sampleFeeds(world)
  const written = (title: string, more: object = {}) =>
    NewsItemForm.parse({ title, region: REGION, publishedOn: '2026-02-27', ...more })
  const past = await createNewsItem(
    world,
    written('Open call for young ceramicists', {
      summaryHtml: '<p>Ten places, materials included. <strong>Free of charge.</strong></p>',
      imageUrl: `${PICTURES}/kiln.jpg`,
      validUntil: '2026-02-28',
      ownerId: office,
    }),
    office,
  )
  const proposal = await proposeNewsItem(
    world,
    written('A shared workshop opens its doors in the old harbour', {
      summaryHtml:
        '<p>Five makers share tools, rent and a kettle. The city helped with the first year’s rent; neighbours may drop in on Fridays and try the lathe.</p>',
      url: 'https://harbour-workshop.example/opening?lang=en',
      imageUrl: `${PICTURES}/workshop.jpg`,
      imageAlt: 'A long bench in a bright hall',
    }),
    partner,
  )
  await proposeNewsItem(world, written('Taidetta lainaksi kirjastosta', { language: 'fi' }), partner)
  const rejected = await proposeNewsItem(
    world,
    written('Our new logo', { publishedOn: '2026-02-20' }),
    partner,
  )
  await rejectNewsItem(world, rejected, {
    note: 'Nice, but not news for readers elsewhere. Tell us about the exhibition instead!',
    by: office,
  })
  await world.db
    .updateTable('news_item')
    .set({ feed_id: feedId ?? null, source: 'feed', source_key: 'one', created_by: null })
    .where('title', '=', 'Taidetta lainaksi kirjastosta')
    .execute()
  return { past, proposal, rejected, feedId: feedId ?? '' }
}

async function sampleFeeds(world: World): Promise<string[]> {
  const now = world.clock.now()
  const later = new Date(now.getTime() + 3_600_000)
  const feeds = [
    {
      title: 'Oulun kulttuuri',
      region: 'Oulu',
      language: 'fi',
      outcome: '1 new proposal.',
      failures: 0,
      is_active: true,
    },
    {
      title: 'Norte Criativo: notícias e convocatórias',
      region: 'Matosinhos',
      language: 'pt',
      outcome: 'The site took too long to answer.',
      failures: 3,
      is_active: true,
    },
    {
      title: 'Tartu loomemajandus',
      region: 'Tartu',
      language: 'et',
      outcome: 'Nothing new.',
      failures: 0,
      is_active: false,
    },
  ]
  const ids = feeds.map(() => newId(now))
  for (const [at, feed] of feeds.entries())
    await world.db
      .insertInto('feed')
      .values({
        ...feed,
        id: ids[at] ?? '',
        url: `https://feed-${at}.example/rss.xml`,
        etag: null,
        last_modified: null,
        checked_at: now,
        next_check_at: later,
        created_by: null,
        created_at: now,
      })
      .execute()
  return ids
}

/** Stands in for the sites whose pictures the desk shows. */
export async function paintPictures(context: BrowserContext): Promise<void> {
  await context.route(/^https:\/\/(pictures|makers-quarter)\.example\//, (route) => {
    const hue = [...route.request().url()].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 360
    const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><rect width="160" height="90" fill="hsl(${hue} 40% 70%)"/><circle cx="50" cy="62" r="38" fill="hsl(${hue} 45% 45%)"/><rect x="85" y="30" width="60" height="60" fill="hsl(${hue + 40} 45% 55%)"/></svg>`
    return route.fulfill({ contentType: 'image/svg+xml', body })
  })
}
