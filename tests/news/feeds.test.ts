import type { RequestListener } from 'node:http'
import { InvalidError } from '../../src/errors.js'
import { addFeed } from '../../src/news/add-feed.js'
import { checkFeed } from '../../src/news/check-feed.js'
import { checkFeedNow, checkFeeds } from '../../src/news/check-feeds.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { feedCalled, feeds } from '../../src/news/feeds.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { rejectNewsItem } from '../../src/news/reject-news-item.js'
import { removeFeed } from '../../src/news/remove-feed.js'
import { reviseFeed } from '../../src/news/revise-feed.js'
import { openTestSite, type TestSite } from '../helpers/test-web.js'
import { createWorld, type World } from '../helpers/world.js'

const HOUR_MS = 3_600_000

let world: World
let site: TestSite
let answer: RequestListener
let asked: NodeJS.Dict<string | string[]>[]
beforeEach(async () => {
  world = await createWorld()
  asked = []
  answer = feedOf([entry(1)])
  site = await openTestSite(world.web, 'region.example', (req, res) => {
    asked.push(req.headers)
    answer(req, res)
  })
})
afterEach(async () => {
  await site.close()
  await world.close()
})

const entry = (number: number, more = '') =>
  `<item><title>News ${number}</title><link>https://region.example/${number}</link><guid>g${number}</guid>
   <pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>${more}</item>`

function feedOf(items: string[], headers: Record<string, string> = {}): RequestListener {
  return (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'application/rss+xml', ...headers })
    res.end(
      `<rss version="2.0"><channel><title>Region</title><language>et</language>${items.join('')}</channel></rss>`,
    )
  }
}

const added = () => addFeed(world, { url: `${site.origin}/feed`, region: 'Tartu' }, null)
const proposals = () => world.db.selectFrom('news_item').selectAll().orderBy('title').execute()

async function checkedIn(hours: number, id: string) {
  world.clock.advance(hours * HOUR_MS)
  await checkFeed(world, id)
  return feedCalled(world, id)
}

describe('adding a feed', () => {
  it('reads its name and language, and has it checked at once', async () => {
    const id = await added()
    expect(await feedCalled(world, id)).toMatchObject({ title: 'Region', language: 'et', region: 'Tartu' })
    await checkFeeds(world)
    expect(world.enqueued).toEqual([{ name: 'check-feed', payload: { feedId: id }, delayMs: 0 }])
  })

  it('takes the feed that a page names', async () => {
    answer = (req, res) => {
      if (req.url === '/rss') return feedOf([])(req, res)
      res.setHeader('Content-Type', 'text/html')
      res.end('<link rel="alternate" type="application/rss+xml" href="/rss">')
    }
    const id = await addFeed(world, { url: site.origin, region: '' }, null)
    expect((await feedCalled(world, id)).url).toBe(`${site.origin}/rss`)
  })

  it.each<[string, RequestListener, string]>([
    [
      'a page without a feed',
      (_req, res) => res.setHeader('Content-Type', 'text/html').end('<p>x'),
      'no RSS',
    ],
    ['an error', (_req, res) => res.writeHead(500).end(), 'answered 500'],
    [
      'a redirect inside',
      (_req, res) => res.writeHead(302, { Location: 'http://10.0.0.1/' }).end(),
      'private network',
    ],
  ])('refuses %s with a sentence at the address', async (_what, given, words) => {
    answer = given
    await expect(added()).rejects.toThrow(InvalidError)
    await expect(added()).rejects.toThrow(words)
    expect(await feeds(world)).toEqual([])
  })

  it('refuses the same feed twice', async () => {
    await added()
    await expect(added()).rejects.toThrow('in the list already')
  })
})

describe('checking a feed', () => {
  it('proposes what is new, with region, language, source and key', async () => {
    const id = await added()
    answer = feedOf([entry(1, '<description>&lt;p onclick="x()"&gt;Hi&lt;/p&gt;</description>'), entry(2)])
    expect(await checkedIn(0, id)).toMatchObject({
      outcome: '2 new proposals.',
      failures: 0,
      checked_at: world.clock.now(),
    })
    expect(await proposals()).toMatchObject([
      {
        title: 'News 1',
        summary_html: '<p>Hi</p>',
        status: 'proposed',
        source: 'feed',
        feed_id: id,
        source_key: 'g1',
        source_url: 'https://region.example/1',
        region: 'Tartu',
        language: 'et',
        published_on: '2026-03-01',
      },
      { title: 'News 2' },
    ])
    expect(await feeds(world)).toMatchObject([{ proposals: 2, accepted: 0 }])
  })

  it('proposes nothing twice: not by guid, by link with other tracking, by title and day, nor what was rejected', async () => {
    const id = await added()
    await checkedIn(0, id)
    const [first] = await proposals()
    await rejectNewsItem(world, first?.id ?? '', { note: 'No.', by: null })
    await createNewsItem(
      world,
      NewsItemForm.parse({
        title: 'By hand',
        url: 'https://www.region.example/7/?utm_source=mail',
        publishedOn: '2026-02-01',
      }),
      null,
    )
    answer = feedOf([
      entry(1, '<description>changed</description>'),
      entry(7),
      '<item><title>Other guid</title><link>http://region.example/1?utm_medium=rss#top</link><guid>other</guid></item>',
      '<item><title>NEWS 1</title><link>https://region.example/moved</link><pubDate>Sun, 01 Mar 2026 11:00:00 GMT</pubDate></item>',
      entry(8),
      entry(8),
    ])
    expect((await checkedIn(1, id)).outcome).toBe('1 new proposal.')
    expect((await proposals()).map(({ title }) => title)).toEqual(['By hand', 'News 1', 'News 8'])
  })

  it('is not lost to a bad entry', async () => {
    const id = await added()
    answer = feedOf([
      '<item><link>https://region.example/x</link></item>',
      entry(1, `<enclosure url="javascript:x" type="image/png"/>`),
      '<item><guid>x</guid></item>',
      entry(2),
    ])
    expect((await checkedIn(0, id)).outcome).toBe('2 new proposals. 2 entries could not be read.')
  })

  it('takes at most fifty entries, the newest, and none older than three months', async () => {
    const id = await added()
    const dated = (number: number, day: string) =>
      `<item><title>N ${number}</title><guid>${number}</guid><pubDate>${day}T10:00:00Z</pubDate></item>`
    const recent = Array.from({ length: 60 }, (_, at) => dated(at, at < 30 ? '2026-02-01' : '2026-02-02'))
    answer = feedOf([...recent, dated(100, '2025-11-01')])
    await checkedIn(0, id)
    const days = (await proposals()).map(({ published_on }) => published_on)
    expect(days).toHaveLength(50)
    expect(days.filter((day) => day === '2026-02-02')).toHaveLength(30)
  })

  it('asks with what it knows, and takes “not modified” for nothing new', async () => {
    const id = await added()
    answer = feedOf([entry(1)], { ETag: '"7"', 'Last-Modified': 'Sun, 01 Mar 2026 10:00:00 GMT' })
    await checkedIn(0, id)
    answer = (_req, res) => res.writeHead(304).end()
    expect(await checkedIn(1, id)).toMatchObject({ outcome: 'Nothing new.', failures: 0, etag: '"7"' })
    expect(asked.at(-1)).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': 'Sun, 01 Mar 2026 10:00:00 GMT',
    })
  })

  it('happens hourly, however many workers try', async () => {
    const id = await added()
    await Promise.all([checkFeed(world, id), checkFeed(world, id), checkFeed(world, id)])
    expect(asked).toHaveLength(2)
    await checkedIn(0.9, id)
    expect(asked).toHaveLength(2)
    await checkedIn(0.2, id)
    expect(asked).toHaveLength(3)
  })

  it('backs off while it fails, to once a day, says why, and recovers', async () => {
    const id = await added()
    answer = (_req, res) => res.writeHead(503).end()
    const rests = []
    for (let time = 0; time < 7; time++) {
      const { next_check_at, checked_at } = await checkedIn(time === 0 ? 0 : 24, id)
      rests.push((next_check_at.getTime() - (checked_at?.getTime() ?? 0)) / HOUR_MS)
    }
    expect(rests).toEqual([2, 4, 8, 16, 24, 24, 24])
    expect(await feedCalled(world, id)).toMatchObject({
      failures: 7,
      outcome: expect.stringContaining('503'),
    })
    answer = feedOf([entry(1)])
    expect(await checkedIn(24, id)).toMatchObject({ failures: 0 })
  })

  it('leaves a feed that rests alone, and does one that is asked for at once', async () => {
    const id = await added()
    const form = { url: `${site.origin}/feed`, title: 'Ours', region: 'Tartu', language: 'et' }
    await reviseFeed(world, id, { ...form, isActive: false })
    await checkFeed(world, id)
    await checkFeeds(world)
    expect([asked.length, world.enqueued.length]).toEqual([1, 0])
    await reviseFeed(world, id, { ...form, isActive: true })
    await checkFeed(world, id)
    await checkFeedNow(world, id)
    await checkFeed(world, id)
    expect(asked).toHaveLength(3)
  })
})

it('is removed, and its news stays', async () => {
  const id = await added()
  await checkedIn(0, id)
  await removeFeed(world, id)
  expect(await feeds(world)).toEqual([])
  expect(await proposals()).toMatchObject([{ title: 'News 1', feed_id: null }])
})
