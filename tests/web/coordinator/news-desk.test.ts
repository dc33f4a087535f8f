import type { Express } from 'express'
import { createNewsItem, proposeNewsItem } from '../../../src/news/create-news-item.js'
import { newsItem } from '../../../src/news/news-item.js'
import { NewsItemForm } from '../../../src/news/news-item-form.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, REGION, signedInBrowser } from '../../helpers/sign-in.js'
import { openTestSite, type TestSite } from '../../helpers/test-web.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let office: Browser
let partner: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  office = await signedInBrowser(world, app, 'coordinator')
  partner = await signedInBrowser(world, app, 'partner')
})
afterAll(() => world.close())

const FORM = {
  title: 'A lathe',
  summaryHtml: '<p>Open daily</p>',
  url: '',
  imageUrl: '',
  imageAlt: '',
  language: 'en',
  publishedOn: '2026-02-28',
  validUntil: '',
  region: REGION,
}
const proposal = (title: string, region = REGION) =>
  proposeNewsItem(world, NewsItemForm.parse({ ...FORM, title, region }), partner.accountId)
const rowCalled = (title: string) =>
  world.db.selectFrom('news_item').selectAll().where('title', '=', title).executeTakeFirstOrThrow()

describe('who may do what', () => {
  const nobody = '00000000-0000-7000-8000-000000000000'
  const decisions = [
    '/news/acceptances',
    `/news/${nobody}/rejection`,
    `/news/${nobody}/proposal`,
    `/news/${nobody}/archive`,
    `/news/${nobody}/library`,
    '/news/feeds',
    `/news/feeds/${nobody}`,
    `/news/feeds/${nobody}/checks`,
    `/news/feeds/${nobody}/removal`,
  ]

  it.each(decisions)('a partner may not POST %s', async (path) => {
    expect((await partner.post(path, { only: nobody, note: 'x' })).status).toBe(403)
  })

  it.each([
    '/issues',
    '/subscribers',
    '/lists',
    '/settings',
    '/settings/accounts',
    '/operations',
    '/news/feeds',
  ])('a partner may not open %s', async (path) => {
    expect((await partner.get(path)).status).toBe(403)
  })

  it('a partner comes from the front page to the news desk, and to its own account', async () => {
    const home = await partner.get('/')
    expect([home.status, home.headers['location']]).toEqual([303, '/news'])
    const desk = (await partner.get('/news')).text
    expect(desk).not.toMatch(/href="\/(issues|subscribers|operations|settings)"/)
    expect(desk).not.toContain('/news/feeds')
    expect((await partner.get('/settings/me')).status).toBe(200)
  })

  it('an operator does not reach the news desk; admins and coordinators decide', async () => {
    const operator = await signedInBrowser(world, app, 'operator')
    const admin = await signedInBrowser(world, app, 'admin')
    for (const path of ['/news', '/news/new', '/news/feeds']) {
      expect((await operator.get(path)).status).toBe(403)
      expect((await admin.get(path)).status).toBe(200)
      expect((await office.get(path)).status).toBe(200)
    }
    expect((await operator.post('/news', FORM)).status).toBe(403)
    expect((await operator.post('/news/links', { link: 'https://example.org' })).status).toBe(403)
  })
})

describe('a partner', () => {
  it('proposes news of its own region, whatever the form says, without an owner', async () => {
    const answer = await partner.post('/news', {
      ...FORM,
      title: 'Smuggled',
      region: 'Tartu',
      ownerId: office.accountId,
    })
    expect(answer.headers['location']).toBe('/news?notice=proposed')
    expect(await rowCalled('Smuggled')).toMatchObject({
      region: REGION,
      status: 'proposed',
      owner_id: null,
      created_by: partner.accountId,
    })
  })

  it('sees only its own region', async () => {
    const [own, other] = [await proposal('Ours'), await proposal('Theirs', 'Tartu')]
    const { text } = await partner.get('/news?region=Tartu')
    expect(text).toContain('Ours')
    expect(text).not.toContain('Theirs')
    expect((await partner.get(`/news/${own}`)).status).toBe(200)
    expect((await partner.get(`/news/${other}`)).status).toBe(404)
    expect((await partner.post(`/news/${other}`, { ...FORM, version: 1 })).status).toBe(404)
    expect((await newsItem(world, other)).title).toBe('Theirs')
  })

  it('reads why something was rejected, changes it, and proposes it again', async () => {
    const id = await proposal('Without a picture')
    await office.post(`/news/${id}/rejection`, { note: 'Please add a picture.' })
    expect((await partner.get('/news')).text).toContain('Please add a picture.')
    expect((await partner.get(`/news/${id}`)).text).toContain('Propose again')
    const { version } = await newsItem(world, id)
    await partner.post(`/news/${id}`, { ...FORM, title: 'With a picture', version })
    expect(await newsItem(world, id)).toMatchObject({ title: 'With a picture', status: 'proposed' })
    expect((await office.get('/news')).text).toContain('You wrote before:')
  })

  it('reads what was accepted, but does not change it', async () => {
    const id = await proposal('Settled')
    await office.post('/news/acceptances', { only: `${id}.1` })
    const { text } = await partner.get(`/news/${id}`)
    expect(text).toContain('only the office changes it now')
    expect(text).not.toContain('name="title"')
    const { version } = await newsItem(world, id)
    const refused = await partner.post(`/news/${id}`, { ...FORM, title: 'Sneaky', version })
    expect(refused.status).toBe(409)
    expect((await newsItem(world, id)).title).toBe('Settled')
  })
})

describe('the office', () => {
  it('accepts what is ticked, or one by its button, and is told when nothing is', async () => {
    const ids = [await proposal('Tick 1'), await proposal('Tick 2'), await proposal('Left')]
    expect((await office.get('/news')).text).toMatch(/proposals? waits?<\/h2>/)
    const none = await office.post('/news/acceptances')
    expect(none.status).toBe(422)
    expect(none.text).toContain('Tick the proposals')
    const both = await office.post('/news/acceptances', {
      ids: ids.slice(0, 2).map((id) => `${id}.1`),
      back: 'proposed',
    })
    expect(both.headers['location']).toBe('/news?status=proposed&notice=accepted')
    expect((await newsItem(world, ids[1] ?? '')).status).toBe('accepted')
    expect((await newsItem(world, ids[2] ?? '')).status).toBe('proposed')
    const again = await office.post('/news/acceptances', { only: `${ids[0]}.1` })
    expect(again.status).toBe(409)
    expect(again.text).toContain('changed or decided while you looked')
    const unseen = await office.post('/news/acceptances', { only: `${ids[2]}.7` })
    expect(unseen.status).toBe(409)
    expect((await newsItem(world, ids[2] ?? '')).status).toBe('proposed')
    expect((await office.post('/news/acceptances', { ids: 'nonsense' })).status).toBe(422)
  })

  it('rejects only with a note, and can think again', async () => {
    const id = await proposal('To be rejected')
    const without = await office.post(`/news/${id}/rejection`, { note: ' ' })
    expect(without.status).toBe(422)
    expect(without.text).toContain('Say in a few words why')
    await office.post(`/news/${id}/rejection`, { note: 'Too local.' })
    expect((await office.get('/news?status=rejected')).text).toContain('Too local.')
    expect((await office.post(`/news/${id}/rejection`, { note: 'Again.' })).status).toBe(409)
    await office.post(`/news/${id}/proposal`)
    expect((await newsItem(world, id)).status).toBe('proposed')
  })

  it('gives a news item somebody who looks after it and a last day, and filters by them', async () => {
    await office.post('/news', {
      ...FORM,
      title: 'Market day',
      ownerId: office.accountId,
      validUntil: '2026-03-01',
    })
    expect(await rowCalled('Market day')).toMatchObject({
      owner_id: office.accountId,
      valid_until: '2026-03-01',
      status: 'accepted',
    })
    expect((await office.get(`/news?owner=${office.accountId}`)).text).toContain('Market day')
    expect((await office.get('/news?valid=yes')).text).not.toContain('Market day')
    for (const ownerId of [partner.accountId, '00000000-0000-7000-8000-000000000000'])
      expect((await office.post('/news', { ...FORM, ownerId })).text).toContain(
        'Choose somebody from the list.',
      )
  })

  it('turns pages, and is told what was found when it searches as it types', async () => {
    for (let number = 0; number < 25; number++)
      await createNewsItem(world, NewsItemForm.parse({ ...FORM, title: `Serial ${number}` }), null)
    const first = await office.get('/news?q=serial')
    expect(first.text).toContain('Page 1 of 2')
    expect(first.text.replace(/&#x3D;/g, '=')).toContain(
      'href="/news?q=serial&amp;status=accepted&amp;page=2"',
    )
    expect((await office.get('/news?q=serial&page=2')).text).toContain('Page 2 of 2')
    const typed = await office.get('/news?q=serial+7&region=&use=&page=nonsense').set('HX-Request', 'true')
    expect(typed.headers['hx-push-url']).toBe('/news?q=serial+7&status=accepted')
    expect(typed.text).toContain('2 news items found')
  })
})

describe('quick add', () => {
  let site: TestSite
  beforeAll(async () => {
    site = await openTestSite(world.web, 'news.example', (req, res) => {
      if (req.url === '/gone') return res.writeHead(404).end()
      res.setHeader('Content-Type', 'text/html; charset=utf-8')
      res.end(`<html lang="pt"><head><title>Um torno</title><meta name="description" content="Aberto <b>todos</b> os dias">
        <meta property="og:image" content="https://pictures.example/a.jpg">
        <meta property="article:published_time" content="2026-02-20T10:00:00Z"></head></html>`)
    })
  })
  afterAll(() => site.close())

  it('fills in the form, saves nothing, and remembers where it was read when it is saved', async () => {
    const link = `${site.origin}/torno?utm_source=x`
    const { text, status } = await office.post('/news/links', { link })
    expect(status).toBe(200)
    for (const part of [
      'value="Um torno"',
      '&lt;p&gt;Aberto todos os dias&lt;/p&gt;',
      'value="https://pictures.example/a.jpg"',
      'value="pt"',
      'value="2026-02-20"',
      `name="url" type="url" value="${site.origin}/torno"`,
    ])
      expect(text.replace(/&#x3D;/g, '=')).toContain(part)
    expect(
      await world.db.selectFrom('news_item').select('id').where('title', '=', 'Um torno').execute(),
    ).toEqual([])
    await office.post('/news', {
      ...FORM,
      title: 'Um torno',
      url: `${site.origin}/torno`,
      sourceUrl: `${site.origin}/torno`,
    })
    expect(await rowCalled('Um torno')).toMatchObject({ source: 'link', source_url: `${site.origin}/torno` })
    expect((await office.post('/news/links', { link })).text).toContain(
      'This link is at the news desk already',
    )
  })

  it('works for a partner, whose region stays its own', async () => {
    const { text } = await partner.post('/news/links', { link: `${site.origin}/torno` })
    expect(text).toContain('value="Um torno"')
    expect(text).not.toContain('name="region"')
  })

  it.each([
    ['gone', () => `${site.origin}/gone`, 'no such page'],
    ['an address inside', () => 'http://169.254.169.254/latest', 'private network'],
    ['no address', () => 'hello', 'private network'],
    ['another scheme', () => 'file:///etc/passwd', 'https:// or http://'],
    ['nothing', () => '', 'not a complete web address'],
  ])('of %s says so and keeps the link', async (_what, link, words) => {
    const answer = await office.post('/news/links', { link: link() })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    expect(answer.text).toContain('please fill in the rest yourself')
    if (link().startsWith('http')) expect(answer.text).toContain(`value="${link()}"`)
  })
})

describe('feeds', () => {
  let site: TestSite
  beforeAll(async () => {
    site = await openTestSite(world.web, 'feed.example', (_req, res) => {
      res.setHeader('Content-Type', 'application/rss+xml')
      res.end('<rss version="2.0"><channel><title>Tartu news</title></channel></rss>')
    })
  })
  afterAll(() => site.close())

  it('are added, changed, asked at once and removed', async () => {
    const refused = await office.post('/news/feeds', { url: 'http://10.0.0.1/feed', region: 'Tartu' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('private network')
    expect(refused.text).toContain('value="http://10.0.0.1/feed"')
    expect((await office.post('/news/feeds', { url: `${site.origin}/feed`, region: 'Tartu' })).status).toBe(
      303,
    )
    const { id } = await world.db.selectFrom('feed').select('id').executeTakeFirstOrThrow()
    expect(world.enqueued).toMatchObject([{ name: 'check-feed', payload: { feedId: id } }])
    expect((await office.get('/news/feeds')).text).toContain('Tartu news')
    const form = { title: 'Ours', url: `${site.origin}/feed`, region: 'Tartu', language: 'et' }
    expect((await office.post(`/news/feeds/${id}`, { ...form, title: '' })).text).toContain(
      'Give the feed a name.',
    )
    await office.post(`/news/feeds/${id}`, form)
    expect((await office.get('/news/feeds')).text).toContain('at rest')
    await office.post(`/news/feeds/${id}`, { ...form, isActive: 'yes' })
    await office.post(`/news/feeds/${id}/checks`)
    expect(world.enqueued).toHaveLength(2)
    await office.post(`/news/feeds/${id}/removal`)
    expect((await office.get('/news/feeds')).text).toContain('No feed yet')
  })
})

describe('pictures of other sites', () => {
  it('are shown to those who are signed in and to nobody else', async () => {
    const policyOf = (answer: { headers: Record<string, string> }) =>
      /img-src ([^;]*)/.exec(answer.headers['content-security-policy'] ?? '')?.[1]
    expect(policyOf(await office.get('/news'))).toBe("'self' https: data: https://news.example.org")
    expect(policyOf(await office.get('/news').set('Cookie', ''))).toBe(
      "'self' data: https://news.example.org",
    )
  })
})

describe('an invitation of a partner', () => {
  it('asks for the region and says it on the page of the link', async () => {
    const admin = await signedInBrowser(world, app, 'admin')
    const refused = await admin.post('/settings/accounts/invitations', { role: 'partner', region: '' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Say for which region.')
    const { text } = await admin.post('/settings/accounts/invitations', { role: 'partner', region: 'Chania' })
    const link = /value="https:\/\/news\.example\.org(\/account-links\/[\w-]+)"/.exec(text)?.[1] ?? ''
    expect((await admin.get(link)).text).toContain('you propose news of Chania')
  })
})
