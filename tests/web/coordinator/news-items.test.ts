import type { Express } from 'express'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

const ITEM = {
  title: 'A lathe for everybody',
  summaryHtml: '<p onclick="x()">Open <b>daily</b></p><script>alert(1)</script>',
  url: 'https://example.org/lathe',
  imageUrl: '',
  imageAlt: '',
  region: 'Galway',
  language: 'en',
  publishedOn: '2026-02-28',
}

async function saved(fields: object = {}) {
  const answer = await browser.post('/news', { ...ITEM, ...fields })
  const path = String(answer.headers['location']).split('?')[0] ?? ''
  const row = await world.db
    .selectFrom('news_item')
    .selectAll()
    .where('id', '=', path.slice(6))
    .executeTakeFirstOrThrow()
  return { path, row }
}

it('is written, its summary cleaned, and found again by words and region', async () => {
  const { row } = await saved()
  expect(row).toMatchObject({ summary_html: '<p>Open <b>daily</b></p>', created_by: browser.accountId })
  expect((await browser.get('/news?q=LATHE&region=Galway')).text).toContain('A lathe for everybody')
  expect((await browser.get('/news?q=100%25')).text).toContain('Nothing found')
  expect((await browser.get('/news?region=Tartu')).text).toContain('Nothing found')
})

it('says at each field what is wrong and keeps what was typed', async () => {
  const answer = await browser.post('/news', {
    ...ITEM,
    title: ' ',
    url: 'javascript:alert(1)',
    language: 'English',
    publishedOn: '2026-02-30',
  })
  expect(answer.status).toBe(422)
  for (const words of [
    'Give the news item a title.',
    'Start the address with https',
    'language code',
    'Use a date',
  ])
    expect(answer.text).toContain(words)
  expect(answer.text).toContain('value="javascript:alert(1)"')
})

it('shows both texts when two tabs save it', async () => {
  const { path } = await saved()
  await browser.post(path, { ...ITEM, title: 'Mine first', version: 1 })
  const refused = await browser.post(path, { ...ITEM, title: 'Mine second', version: 1 })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('value="Mine second"')
  expect(refused.text).toContain('Saved by somebody else')
  expect(refused.text).toContain('>Mine first</h2>')
  expect((await browser.post(path, { ...ITEM, title: 'Mine second', version: 2 })).status).toBe(303)
})

it('goes to the archive and comes back', async () => {
  const { path } = await saved({ title: 'Rarely read' })
  await browser.post(`${path}/archive`)
  expect((await browser.get('/news')).text).not.toContain('Rarely read')
  expect((await browser.get('/news?status=archived')).text).toContain('Rarely read')
  await browser.post(`${path}/library`)
  expect((await browser.get('/news')).text).toContain('Rarely read')
})

it('is not found under a wrong address', async () => {
  expect((await browser.get('/news/nothing')).status).toBe(404)
  expect((await browser.get('/news/00000000-0000-7000-8000-000000000000')).status).toBe(404)
})
