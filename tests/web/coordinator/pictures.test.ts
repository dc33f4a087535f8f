import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { pictureUrl } from '../../../src/pictures/picture-name.js'
import { createApp } from '../../../src/web/app.js'
import { drawing, photo } from '../../helpers/draw-picture.js'
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

let width = 60
const stripes = () => {
  world.clock.advance(1000)
  return drawing({ width: width++, height: 50 }).png().toBuffer()
}
const rows = () => world.db.selectFrom('picture').selectAll().orderBy('created_at').orderBy('id').execute()

async function tokenOf({ accountId }: Browser): Promise<string> {
  const session = world.db.selectFrom('session').select('csrf_token').where('account_id', '=', accountId)
  return (await session.executeTakeFirstOrThrow()).csrf_token
}

/** A multipart form as a page sends it, its token in the first field. */
async function sent(files: [Buffer, string][], by = browser) {
  const form = request(app)
    .post('/pictures')
    .set('Cookie', by.cookie)
    .field('_csrf', await tokenOf(by))
  return files.reduce((test, [bytes, name]) => test.attach('picture', bytes, name), form)
}

/** One file as a script sends it, its token in the header. */
async function uploaded(bytes: Buffer, alt = '') {
  const answer = await request(app)
    .post('/pictures')
    .set({ Cookie: browser.cookie, Accept: 'application/json', 'X-CSRF-Token': await tokenOf(browser) })
    .field('alt', alt)
    .attach('picture', bytes, 'stripes.png')
  return answer
}

describe('the library', () => {
  it('says what to do while it is empty', async () => {
    expect((await browser.get('/pictures')).text).toContain('No pictures yet')
  })

  it('takes several pictures of a form at once and asks what they show', async () => {
    const answer = await sent([
      [await stripes(), 'Kärnä.png'],
      [await photo({ width: 90, height: 60 }).jpeg().toBuffer(), 'b.jpg'],
    ])
    expect(answer.status).toBe(303)
    const page = await browser.get(String(answer.headers['location']))
    expect(page.text).toContain('What Kärnä.png shows')
    const ids = (await rows()).map(({ id }) => id)
    expect(page.text).toContain(`name="field:${ids[1]}"`)
    const saved = await browser.post('/pictures/descriptions', {
      [`field:${ids[0]}`]: 'Yellow stripes',
      [`field:${ids[1]}`]: '',
      'field:nothing': 'x',
    })
    expect(saved.status).toBe(303)
    expect((await rows()).map(({ alt }) => alt)).toEqual(['Yellow stripes', ''])
    expect((await browser.get('/pictures?q=YELLOW')).text).toContain('1 picture')
    expect((await browser.get('/pictures?q=nothing')).text).toContain('Nothing found')
  })

  it('says which file it refuses and takes the others', async () => {
    const before = (await rows()).length
    const answer = await sent([
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.svg'],
      [await stripes(), 'fine.png'],
    ])
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('logo.svg: SVG drawings')
    expect(answer.text).toContain('What fine.png shows')
    expect(await rows()).toHaveLength(before + 1)
    expect((await sent([])).text).toContain('Choose a picture first.')
  })

  it('stops reading what is too large or too much', async () => {
    const before = (await rows()).length
    const large = await sent([[Buffer.alloc(10_000_001), 'large.png']])
    expect(large.status).toBe(422)
    expect(large.text).toContain('A picture may weigh at most 10 MB')
    const many = await sent(
      Array.from({ length: 11 }, (_, at): [Buffer, string] => [Buffer.from('x'), `${at}.png`]),
    )
    expect(many.status).toBe(422)
    expect(many.text).toContain('at most 10 pictures')
    expect(await rows()).toHaveLength(before)
  })
})

it('tells a script what mails need of an upload', async () => {
  const answer = await uploaded(await stripes(), 'Stripes')
  expect(answer.status).toBe(201)
  const row = (await rows()).at(-1)!
  expect(row.created_by).toBe(browser.accountId)
  expect(answer.body).toEqual({
    id: row.id,
    url: pictureUrl(world, row),
    width: row.width,
    height: 50,
    bytes: row.bytes,
    alt: 'Stripes',
  })
  const refused = await uploaded(Buffer.from('words'))
  expect(refused.status).toBe(422)
  expect(refused.body.errors.picture).toContain('not a picture')
  expect((await uploaded(await stripes(), 'x'.repeat(600))).body.errors.alt).toContain('below 500')
})

describe('one picture', () => {
  it('is described, and says where it is used', async () => {
    const { id, url } = (await uploaded(await stripes())).body
    expect((await browser.post(`/pictures/${id}/description`, { alt: 'Bells' })).status).toBe(303)
    const wrong = await browser.post(`/pictures/${id}/description`, { alt: 'x'.repeat(600) })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Keep the description below')
    const item = { title: 'Harbour', summaryHtml: '', url: '', imageUrl: url, imageAlt: '', region: '' }
    await browser.post('/news', { ...item, language: 'en', publishedOn: '2026-03-02' })
    expect((await browser.get(`/pictures/${id}`)).text).toContain('Harbour')
    const refused = await browser.post(`/pictures/${id}/removal`)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('used in the news item “Harbour”')
  })

  it('is deleted, file and all', async () => {
    const { id, url } = (await uploaded(await stripes())).body
    const path = new URL(url).pathname
    expect((await request(app).get(path)).status).toBe(200)
    expect((await browser.post(`/pictures/${id}/removal`)).headers['location']).toContain('picture-removed')
    expect((await request(app).get(path)).status).toBe(404)
    expect((await browser.get(`/pictures/${id}`)).status).toBe(404)
  })

  it('is offered to forms', async () => {
    const { id, url } = (await uploaded(await stripes(), 'To be chosen')).body
    const choices = await browser.get('/pictures/choices?q=chosen')
    expect(choices.text).toContain(`data-address="${url}"`)
    expect(choices.text).not.toContain('<html')
    expect((await browser.get(`/pictures/${id}/choice`)).text).toContain('To be chosen')
    expect((await browser.get('/news/new')).text).toContain('data-picture-picker')
  })
})

describe('the file', () => {
  it('is for everybody, for good, and can do nothing but be shown', async () => {
    const { url } = (await uploaded(await stripes())).body
    const answer = await request(app).get(new URL(url).pathname)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    const path = new URL(url).pathname
    const again = await request(app).get(path).set('If-None-Match', String(answer.headers['etag']))
    expect(again.status).toBe(304)
    const head = await request(app).head(path)
    expect(head.headers['content-length']).toBe(String(answer.body.length))
    expect(head.body).toEqual({})
  })

  it('does not exist under another name', async () => {
    for (const name of [`${'0'.repeat(32)}.png`, `${'0'.repeat(32)}.svg`, '..%2Fsecret-keys', '.env'])
      expect((await request(app).get(`/pictures/${name}`)).status).not.toBe(200)
  })
})

describe('nobody else', () => {
  it('gets in: strangers sign in first, operators are told', async () => {
    const paths = ['/pictures', '/pictures/choices', `/pictures/${newId(world.clock.now())}`]
    for (const path of paths) expect((await request(app).get(path)).headers['location']).toContain('/sign-in')
    const operator = await signedInBrowser(world, app, 'operator')
    for (const path of paths) expect((await operator.get(path)).status).toBe(403)
    const before = (await rows()).length
    const bytes = await stripes()
    expect((await sent([[bytes, 'a.png']], operator)).status).toBe(403)
    expect((await request(app).post('/pictures').attach('picture', bytes, 'a.png')).status).toBe(303)
    expect(await rows()).toHaveLength(before)
  })

  it('uploads in somebody’s name: a form needs the session’s token', async () => {
    const before = (await rows()).length
    const bytes = await stripes()
    const bare = request(app).post('/pictures').set('Cookie', browser.cookie)
    expect((await bare.attach('picture', bytes, 'a.png')).status).toBe(403)
    const wrong = request(app).post('/pictures').set('Cookie', browser.cookie).field('_csrf', 'x'.repeat(43))
    expect((await wrong.attach('picture', bytes, 'a.png')).status).toBe(403)
    const elsewhere = request(app)
      .post('/pictures')
      .set({ Cookie: browser.cookie, 'Sec-Fetch-Site': 'cross-site' })
    const forged = elsewhere.field('_csrf', await tokenOf(browser)).attach('picture', bytes, 'a.png')
    expect((await forged).status).toBe(403)
    expect(await rows()).toHaveLength(before)
  })
})
