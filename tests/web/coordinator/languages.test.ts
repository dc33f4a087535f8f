import type { Express } from 'express'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { issueTranslations } from '../../../src/issues/issue-translations.js'
import { newsTexts } from '../../../src/news/news-texts.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
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

const versionOf = async (issueId: string) => (await issueWithBlocks(world, issueId)).version

async function draft() {
  const { listId } = await listWithReaders(world, `l${Math.random().toString(36).slice(2, 8)}`, 1)
  const { issueId } = await completeDraft(world, [listId])
  const { blocks } = await issueWithBlocks(world, issueId)
  const textId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  return { issueId, textId, path: `/issues/${issueId}` }
}
const post = async (issueId: string, path: string, fields: object = {}) =>
  browser.post(`/issues/${issueId}${path}`, { version: await versionOf(issueId), ...fields })

it('is added in the composer, written beside the original, and shown in the preview', async () => {
  const { issueId, textId, path } = await draft()
  expect((await browser.get(path)).text).toContain('Everybody gets this issue in English')
  const added = await post(issueId, '/languages', { language: 'fi' })
  expect(added.headers['location']).toBe(`${path}/languages/fi`)
  const page = await browser.get(`${path}/languages/fi`)
  expect(page.text).toContain('Dear &lt;&lt;contact.FIRSTNAME&gt;&gt;, hello.')
  expect(page.text).toContain('lang="fi" dir="ltr"')
  expect((await browser.get(path)).text).toContain('nothing is translated yet')
  await post(issueId, '/languages/fi', { subject: 'Kevätnumero', preheader: '' })
  const saved = await post(issueId, `/languages/fi/blocks/${textId}`, {
    html: '<p>Hei <<contact.FIRSTNAME>></p>',
  })
  expect(saved.headers['location']).toBe(`${path}/languages/fi#block-${textId}`)
  const preview = await browser.get(`${path}/preview?language=fi`)
  expect(preview.text).toContain('Hei Robin')
  expect(preview.text).toMatch(/<html[^>]* lang="fi"/)
  expect((await browser.get(`${path}/preview?language=sv`)).text).toContain('Dear Robin')
  const composer = (await browser.get(path)).text
  expect(composer).toContain(`href="${path}/languages/fi"`)
  expect(composer).toMatch(/Finnish: \d+ texts? (is|are) not translated/)
  expect((await browser.get(`${path}/schedule`)).text).toMatch(/Finnish: \d+ texts? (is|are) not translated/)
})

it('is saved while somebody types, with the new version, and refused to a stale page without a loss', async () => {
  const { issueId, textId } = await draft()
  await post(issueId, '/languages', { language: 'it' })
  const version = await versionOf(issueId)
  const url = `/issues/${issueId}/languages/it/blocks/${textId}`
  const typing = (fields: object) => browser.post(url, fields).set('Accept', 'application/json')
  const saved = await typing({ version, html: '<p>Ciao</p>' })
  expect(saved.body).toMatchObject({ version: version + 1, summaries: {}, text: null })
  expect(saved.body.checks).toContain('Italian')
  expect((await typing({ version, html: '<p>Addio</p>' })).status).toBe(409)
  const conflict = await browser.post(url, { version, html: '<p>Addio</p>' })
  expect([conflict.status, conflict.text.includes('&lt;p&gt;Addio&lt;/p&gt;')]).toEqual([409, true])
  const [translation] = await issueTranslations(world, await issueWithBlocks(world, issueId))
  expect(translation?.blocks[textId]?.map(({ text }) => text)).toEqual(['<p>Ciao</p>'])
})

it('says at the field what does not fit, and keeps what was typed', async () => {
  const { issueId } = await draft()
  await post(issueId, '/languages', { language: 'nl' })
  const { blocks } = await issueWithBlocks(world, issueId)
  const long = 'x'.repeat(101)
  const refused = await post(issueId, `/languages/nl/blocks/${blocks.at(-1)?.id}`, { unsubscribeLabel: long })
  expect([refused.status, refused.text.includes(long)]).toEqual([422, true])
  expect(refused.text).toContain('Keep this below 100 characters.')
  const words = await post(issueId, '/languages/nl', { subject: 'y'.repeat(251), preheader: '' })
  expect([words.status, words.text.includes('Keep this below 250')]).toEqual([422, true])
})

it('is moved, undone and taken out, and what cannot be is said in the composer', async () => {
  const { issueId, path } = await draft()
  await post(issueId, '/languages', { language: 'hr' })
  await post(issueId, '/languages/hr/position', { position: 0 })
  expect((await issueWithBlocks(world, issueId)).language_place).toBe(1)
  expect((await post(issueId, '/languages/hr/undo')).headers['location']).toBe(`${path}/languages/hr`)
  expect((await issueWithBlocks(world, issueId)).language_place).toBe(0)
  expect((await post(issueId, '/languages/hr/undo')).headers['location']).toBe(path)
  expect((await browser.get(`${path}/languages/hr`)).status).toBe(404)
  await post(issueId, '/redo')
  const again = await post(issueId, '/languages', { language: 'hr' })
  expect([again.status, again.text.includes('This issue has Croatian already.')]).toEqual([422, true])
  expect((await post(issueId, '/languages', { language: '' })).status).toBe(422)
  expect((await post(issueId, '/languages/hr/removal')).status).toBe(303)
  expect((await browser.get(`${path}/languages/not%20one`)).status).toBe(404)
})

it('keeps translations of a news item, by its version, and never in its own language', async () => {
  const item = {
    ...{
      title: 'A lathe',
      summaryHtml: '<p>Open</p>',
      url: 'https://example.org/lathe',
      imageUrl: '',
      imageAlt: '',
    },
    ...{ region: 'Galway', language: 'en', publishedOn: '2026-02-28' },
  }
  const path = String((await browser.post('/news', item)).headers['location']).split('?')[0] ?? ''
  const id = path.slice(6)
  const text = { language: 'fi', title: 'Sorvi', summaryHtml: '<p onclick="x()">Avoinna</p>', url: '' }
  const saved = await browser.post(`${path}/translations`, { version: 1, ...text })
  expect(saved.headers['location']).toBe(`${path}?notice=saved#translations`)
  expect(await newsTexts(world, id)).toMatchObject([
    { language: 'fi', title: 'Sorvi', summary_html: '<p>Avoinna</p>' },
  ])
  expect((await browser.get(path)).text).toContain('Finnish')
  const stale = await browser.post(`${path}/translations`, { version: 1, ...text, title: 'Toinen' })
  expect([stale.status, stale.text.includes('Toinen')]).toEqual([409, true])
  const own = await browser.post(`${path}/translations`, { version: 2, ...text, language: 'en' })
  expect([own.status, own.text.includes('in this language already')]).toEqual([422, true])
  const empty = await browser.post(`${path}/translations`, { version: 2, ...text, title: '' })
  expect([empty.status, empty.text.includes('Give the news item a title.')]).toEqual([422, true])
  await browser.post(`${path}/translations/removal`, { version: 2, language: 'fi' })
  expect(await newsTexts(world, id)).toEqual([])
})

it('lets a partner translate what waits, and nothing else', async () => {
  const partner = await signedInBrowser(world, app, 'partner')
  const item = {
    ...{ title: 'A fair', summaryHtml: '', url: 'https://example.org/fair', imageUrl: '', imageAlt: '' },
    ...{ language: 'en', publishedOn: '2026-02-28' },
  }
  await partner.post('/news', item)
  const { id } = await world.db
    .selectFrom('news_item')
    .select('id')
    .where('title', '=', 'A fair')
    .executeTakeFirstOrThrow()
  const text = { language: 'ro', title: 'Un târg', summaryHtml: '', url: '' }
  expect((await partner.post(`/news/${id}/translations`, { version: 1, ...text })).status).toBe(303)
  await world.db.updateTable('news_item').set({ status: 'accepted' }).where('id', '=', id).execute()
  expect((await partner.post(`/news/${id}/translations`, { version: 2, ...text })).status).toBe(409)
  expect((await partner.get(`/news/${id}`)).text).not.toContain('id="translations"')
})

it('is kept for a subscriber, or forgotten', async () => {
  const { readers } = await listWithReaders(world, 'tongue', 1)
  const path = `/subscribers/${readers[0]}`
  const languageOf = async () =>
    (
      await world.db
        .selectFrom('subscriber')
        .select('language')
        .where('id', '=', readers[0] ?? '')
        .executeTakeFirstOrThrow()
    ).language
  await browser.post(path, { language: 'LT' })
  expect(await languageOf()).toBe('lt')
  expect((await browser.get(path)).text).toContain('<option value="lt" selected>Lithuanian</option>')
  await browser.post(path, { language: '' })
  expect(await languageOf()).toBeNull()
  const refused = await browser.post(path, { language: 'no such' })
  expect([refused.status, refused.text.includes('Use a language code')]).toEqual([422, true])
})
