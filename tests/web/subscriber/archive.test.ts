import type { Express } from 'express'
import fc from 'fast-check'
import { parseJsonFeed, parseRssFeed } from 'feedsmith'
import { parseDocument } from 'htmlparser2'
import request from 'supertest'
import { createLinks } from '../../../src/audience/tokens.js'
import { cancelIssue } from '../../../src/delivery/cancel-issue.js'
import { releaseDueIssues } from '../../../src/delivery/release-due-issues.js'
import { publishIssues } from '../../../src/issues/archive/publish-issues.js'
import { insertBlocks } from '../../../src/issues/insert-blocks.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { readFeed } from '../../../src/news/read-feed.js'
import { addPicture } from '../../../src/pictures/add-picture.js'
import { createApp } from '../../../src/web/app.js'
import { photo } from '../../helpers/draw-picture.js'
import { publishedIssue, wantedDraft } from '../../helpers/published-issue.js'
import { sampleContent } from '../../helpers/sample-content.js'
import { listWithReaders } from '../../helpers/sample-issue.js'
import { createWorld, type World } from '../../helpers/world.js'

const ORIGIN = 'https://news.example.org'
let world: World
let app: Express
let openId: string
let closedId: string
let readers: string[]
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  ;({ listId: openId, readers } = await listWithReaders(world, 'open', 2))
  closedId = (await listWithReaders(world, 'closed', 1)).listId
  await world.db.updateTable('list').set({ is_public: false }).where('id', '=', closedId).execute()
  await world.db
    .updateTable('subscriber')
    .set({ fields: JSON.stringify({ FIRSTNAME: 'Zebedee', LASTNAME: 'Quuxworth', CITY: 'Nowhereville' }) })
    .execute()
})
afterAll(() => world.close())

const get = (path: string) => request(app).get(path)
const metaOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)">/g)].map(([, name, content]) => [
      name,
      content,
    ]),
  )

describe('the page of an issue', () => {
  it('has what networks and search engines read, at an address of its own', async () => {
    const at = world.clock.now().toISOString()
    await publishedIssue(world, [openId], {
      title: 'Working title, Café',
      subject: 'Plans & “hopes” for <<contact.FIRSTNAME | default: "reader">>',
      preheader: 'Five regions, <<contact.CITY>>, one table',
    })
    const { text, headers } = await get('/archive/working-title-cafe').expect(200)
    expect(text).toContain(`<link rel="canonical" href="${ORIGIN}/archive/working-title-cafe">`)
    expect(text).toMatch(/<html[^>]* lang="en"/)
    expect(text.match(/<title>/g)).toHaveLength(1)
    expect(metaOf(text)).toMatchObject({
      description: 'Five regions, one table',
      'og:type': 'article',
      'og:title': 'Plans &amp; “hopes” for reader',
      'og:description': 'Five regions, one table',
      'og:url': `${ORIGIN}/archive/working-title-cafe`,
      'article:published_time': at,
      'twitter:card': 'summary',
      'twitter:title': 'Plans &amp; “hopes” for reader',
    })
    expect(metaOf(text)).not.toHaveProperty('robots')
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=600' })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers).not.toHaveProperty('x-robots-tag')
    expect(text).not.toMatch(/<script|<form|<iframe/)
    expect(text).toContain('href="/join"')
    expect(text).toContain('Dear, hello.')
  })

  it('answers 304 to whoever has it', async () => {
    await publishedIssue(world, [openId], { title: 'Kept' })
    for (const path of [
      '/archive/kept',
      '/archive',
      '/archive/feed.xml',
      '/archive/feed.json',
      '/sitemap.xml',
    ]) {
      const { headers } = await get(path).expect(200)
      expect([path, typeof headers['etag']]).toEqual([path, 'string'])
      await get(path)
        .set('If-None-Match', headers['etag'] ?? '')
        .expect(304)
      await request(app).head(path).expect(200)
    }
  })

  it('names the first picture that is no logo, with its size', async () => {
    const bytes = await photo({ width: 900, height: 500 }).jpeg().toBuffer()
    const picture = await addPicture(world, { bytes, name: 'town.jpg', alt: 'The town', by: null })
    const draft = await wantedDraft(world, [openId], { title: 'With a picture' })
    const url = `${ORIGIN}/pictures/${picture.name}`
    await world.db.transaction().execute(async (tx) => {
      await tx.deleteFrom('block').where('issue_id', '=', draft.issueId).execute()
      const { blocks } = sampleContent([
        {
          id: draft.issueId,
          kind: 'image',
          content: { url, alt: 'The “town”', decorative: false, linkUrl: '', caption: '' },
        },
      ])
      await insertBlocks(tx, { issueId: draft.issueId, now: world.clock.now() }, blocks)
    })
    await scheduleIssue(world, draft, null)
    await releaseDueIssues(world)
    await publishIssues(world)
    const { text } = await get('/archive/with-a-picture').expect(200)
    expect(metaOf(text)).toMatchObject({
      'og:image': url,
      'og:image:type': picture.type,
      'og:image:width': '900',
      'og:image:height': '500',
      'og:image:alt': 'The “town”',
      'twitter:card': 'summary_large_image',
    })
  })

  it('is not there for drafts, scheduled, cancelled and hidden issues, and says so alike', async () => {
    await wantedDraft(world, [openId], { title: 'Only a draft' })
    const later = await wantedDraft(world, [openId], { title: 'Only scheduled' })
    await scheduleIssue(world, later, new Date('2040-01-01T00:00:00Z'))
    const ended = await publishedIssue(world, [openId], { title: 'Ended' })
    await world.db.updateTable('issue').set({ status: 'sending' }).where('id', '=', ended).execute()
    await cancelIssue(world, { issueId: ended, by: null })
    await publishedIssue(world, [openId], { title: 'Hidden', is_public: false })
    const answers = []
    for (const slug of [
      'only-a-draft',
      'only-scheduled',
      'ended',
      'hidden',
      'never',
      '%00',
      '%E0%A4%A',
      'a/b',
    ])
      answers.push(await get(`/archive/${slug}`))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 400, 404])
    expect(new Set(answers.slice(0, 5).map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.headers).toMatchObject({ 'cache-control': 'no-store' })
  })
})

describe('the archive', () => {
  it('pages, searches, and keeps to a year and a list', async () => {
    world.clock.set('2027-05-01T09:00:00Z')
    for (let number = 1; number <= 22; number++) {
      world.clock.advance(60_000)
      await publishedIssue(world, [openId], {
        title: `Number ${number}`,
        subject: `Number ${number} of 100% _wool_`,
      })
    }
    const first = (await get('/archive?year=2027').expect(200)).text
    expect(first.match(/<h3/g)).toHaveLength(20)
    expect(first.indexOf('Number 22 of')).toBeLessThan(first.indexOf('Number 21 of'))
    expect(first).toContain('href="/archive?year&#x3D;2027&amp;page&#x3D;2"')
    const second = (await get('/archive?year=2027&page=2').expect(200)).text
    expect(second.match(/<h3/g)).toHaveLength(2)
    expect((await get('/archive?q=number+17+WOOL').expect(200)).text.match(/<h3/g)).toHaveLength(1)
    expect((await get('/archive?q=100%25').expect(200)).text.match(/<h3/g)).toHaveLength(20)
    expect((await get('/archive?q=%25%25zz').expect(200)).text).toContain('No issue fits')
    expect((await get('/archive?q=x').expect(200)).text).toContain('name="robots" content="noindex"')
    expect((await get('/archive?list=open').expect(200)).text).toContain('Past issues of open')
    for (const odd of [
      'page=0',
      'page=x',
      'year=abc',
      'q=a&q=b',
      'q=%00',
      'page=99',
      'year=99999',
      'list[]=open',
    ])
      expect([odd, (await get(`/archive?${odd}`)).status]).toEqual([odd, 200])
  })

  it('does not know lists by invitation, also where an issue that went to one is public', async () => {
    await publishedIssue(world, [closedId], { title: 'For all after all', is_public: true })
    const { text } = await get('/archive').expect(200)
    expect(text).toContain('/archive/for-all-after-all')
    expect(text).not.toContain('closed')
    await get('/archive?list=closed').expect(404)
    await get('/archive/feed.xml?list=closed').expect(404)
  })

  it('leads programs to its feeds', async () => {
    const { text } = await get('/archive').expect(200)
    expect(text).toContain(
      `<link rel="alternate" type="application/rss+xml" title="Past issues" href="${ORIGIN}/archive/feed.xml">`,
    )
    expect(text).toContain(
      `<link rel="alternate" type="application/feed+json" title="Past issues" href="${ORIGIN}/archive/feed.json">`,
    )
    expect(text).not.toContain('<script')
  })
})

describe('the feeds', () => {
  it('read back as RSS 2.0, page by page', async () => {
    const { text, headers } = await get('/archive/feed.xml?list=open').expect(200)
    expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8')
    const feed = parseRssFeed(text)
    expect(feed.items).toHaveLength(20)
    expect(feed.atom?.links).toEqual([
      { href: `${ORIGIN}/archive/feed.xml?list=open`, rel: 'self', type: 'application/rss+xml' },
      { href: `${ORIGIN}/archive/feed.xml?list=open&page=2`, rel: 'next', type: 'application/rss+xml' },
    ])
    expect(feed.items?.[0]).toMatchObject({
      title: 'Number 22 of 100% _wool_',
      link: `${ORIGIN}/archive/number-22`,
    })
    expect(feed.items?.[0]?.guid).toEqual({ value: `${ORIGIN}/archive/number-22`, isPermaLink: true })
    expect(new Date(String(feed.items?.[0]?.pubDate)).toISOString()).toBe('2027-05-01T09:22:00.000Z')
    expect(feed.items?.[0]?.content?.encoded).toContain('<p>Dear, hello.</p>')
    const more = parseRssFeed((await get('/archive/feed.xml?list=open&page=2').expect(200)).text)
    expect(more.items?.length).toBeGreaterThan(0)
    expect(readFeed(text, `${ORIGIN}/archive/feed.xml`)?.entries).toHaveLength(20)
  })

  it('read back as JSON Feed 1.1', async () => {
    const { text, headers } = await get('/archive/feed.json').expect(200)
    expect(headers['content-type']).toBe('application/feed+json; charset=utf-8')
    expect(headers['access-control-allow-origin']).toBe('*')
    const raw = JSON.parse(text)
    expect(raw.version).toBe('https://jsonfeed.org/version/1.1')
    expect(raw.next_url).toBe(`${ORIGIN}/archive/feed.json?page=2`)
    const feed = parseJsonFeed(text)
    expect(feed.items).toHaveLength(20)
    for (const item of feed.items ?? []) {
      expect(item.url).toMatch(/^https:\/\/news\.example\.org\/archive\/[a-z0-9-]+$/)
      expect(item.content_html).toBeTruthy()
      expect(Number.isNaN(Date.parse(String(item.date_published)))).toBe(false)
    }
  })

  it('are feeds without any issue, too', async () => {
    const empty = await createWorld()
    const there = createApp(empty)
    expect(parseRssFeed((await request(there).get('/archive/feed.xml').expect(200)).text).title).toBe(
      'Newsletters',
    )
    expect(JSON.parse((await request(there).get('/archive/feed.json').expect(200)).text).items).toEqual([])
    expect((await request(there).get('/archive').expect(200)).text).toContain('Nothing here yet')
    await request(there).get('/sitemap.xml').expect(200)
    await empty.close()
  })
})

describe('for search engines', () => {
  it('lists every public issue in the sitemap', async () => {
    const { text, headers } = await get('/sitemap.xml').expect(200)
    expect(headers['content-type']).toMatch(/xml/)
    const addresses = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)
    expect(addresses[0]).toBe(`${ORIGIN}/archive`)
    expect(addresses).toContain(`${ORIGIN}/archive/number-1`)
    expect(addresses.filter((address) => /draft|scheduled|ended|hidden/.test(address ?? ''))).toEqual([])
    for (const address of addresses.slice(-5)) await get(new URL(address ?? '').pathname).expect(200)
  })

  it('opens the archive and nothing else', async () => {
    const { text } = await get('/robots.txt').expect(200)
    expect(text).toContain('Disallow: /\n')
    expect(text).toContain('Allow: /archive\n')
    expect(text).toContain(`Sitemap: ${ORIGIN}/sitemap.xml`)
  })
})

const field = fc.constantFrom('contact.FIRSTNAME', 'contact.LASTNAME', 'contact.CITY', 'contact.EMAIL')
const personalLink = fc.constantFrom('links.UNSUBSCRIBE', 'links.PREFERENCES', 'links.WEBVIEW')
const awkward = fc.oneof(
  field.map((name) => `<p>Dear <<${name}>>, and {{ ${name} | default: "<b>you</b>" }}</p>`),
  field.map(
    (name) =>
      `<p><a href="https://example.org/<<${name}>>?x=<<${name}>>">x</a> <a href="<<${name}>>">y</a></p>`,
  ),
  field.map((name) => `<p><<#if ${name}>>Held for <<${name}>><<else>>Not held<</if>></p>`),
  personalLink.map(
    (name) =>
      `<p>Out: <a href="<<${name}>>">this <b>way</b></a>, <<${name}>>, https://x.example/?to=<<${name}>></p>`,
  ),
  fc.constantFrom(
    '<p>&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp;</p>',
    '<p>\u202Eabc 🎉 \u0001 &#0; ]]></p>',
  ),
)

it('shows nothing of any reader, no token and no draft, whatever the merge fields', async () => {
  await wantedDraft(world, [openId], { title: 'Topsecretdraft', subject: 'Topsecretdraft' })
  const run = async (pieces: string[], subject: string) => {
    const draft = await wantedDraft(world, [openId], {
      title: 'Awkward',
      subject,
      preheader: `Hi ${subject}`,
    })
    await world.db.transaction().execute(async (tx) => {
      await tx.deleteFrom('block').where('issue_id', '=', draft.issueId).execute()
      const { blocks } = sampleContent([
        { id: draft.issueId, kind: 'text', content: { html: pieces.join('') } },
      ])
      await insertBlocks(tx, { issueId: draft.issueId, now: world.clock.now() }, blocks)
    })
    await scheduleIssue(world, draft, null)
    await releaseDueIssues(world)
    await publishIssues(world)
    const { slug } = await world.db
      .selectFrom('issue')
      .select('slug')
      .where('id', '=', draft.issueId)
      .executeTakeFirstOrThrow()
    const answers = await Promise.all(
      [
        `/archive/${slug}`,
        '/archive',
        '/archive?q=zebedee',
        '/archive/feed.xml',
        '/archive/feed.json',
        '/sitemap.xml',
      ].map(async (path) => (await get(path).expect(200)).text),
    )
    expect(() => parseRssFeed(answers[3] ?? '')).not.toThrow()
    expect(answers[3]).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
    expect(parseJsonFeed(answers[4] ?? '').items).toHaveLength(20)
    parseDocument(answers[0] ?? '')
    const everything = answers.join('\n')
    const tokens = readers.flatMap((subscriberId) =>
      Object.values(createLinks(world.keys, ORIGIN, { subscriberId, issueId: draft.issueId })),
    )
    for (const secret of [
      'Zebedee',
      'Quuxworth',
      'Nowhereville',
      '@example.org',
      'Held for',
      'Topsecretdraft',
      'personal.invalid',
      ...tokens,
      ...readers,
    ])
      expect([
        secret,
        everything.replace('with “zebedee”', '').replace('value="zebedee"', '').includes(secret),
      ]).toEqual([secret, false])
    expect(everything).not.toMatch(/\/[upw]\/v1\.|[\ue0c0-\ue0cf]/)
  }
  const subjects = field.map((name) => `News for <<${name}>>, {{ ${name} | default: "all" }}`)
  await fc.assert(fc.asyncProperty(fc.array(awkward, { minLength: 1, maxLength: 5 }), subjects, run), {
    numRuns: 15,
  })
})
