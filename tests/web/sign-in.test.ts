import type { Express } from 'express'
import request from 'supertest'
import { createAccountLink } from '../../src/accounts/create-account-link.js'
import { createApp } from '../../src/web/app.js'
import { neighbourhoodOf, networkOf } from '../../src/web/middleware/limit-rate.js'
import { POSTS_AN_HOUR } from '../../src/web/subscriber/forms/sign-up-limits.js'
import { createAccount, PASSWORD, signedInBrowser } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let app: Express
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterEach(() => world.close())

const signIn = (fields: object) => request(app).post('/sign-in').type('form').send(fields)

describe('signing in', () => {
  it('asks whoever is not signed in and leads back to the page they wanted', async () => {
    const asked = await request(app).get('/issues?page=2')
    expect(asked.status).toBe(303)
    expect(asked.headers['location']).toBe('/sign-in?next=%2Fissues%3Fpage%3D2')
    const { email } = await createAccount(world, 'coordinator')
    const answer = await signIn({ email, password: PASSWORD, next: '/issues?page=2' })
    expect(answer.headers['location']).toBe('/issues?page=2')
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-carillon=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    async (next) => {
      const { email } = await createAccount(world, 'coordinator')
      expect((await signIn({ email, password: PASSWORD, next })).headers['location']).toBe('/')
    },
  )

  it('shows a wrong password at its field and keeps the address', async () => {
    const { email } = await createAccount(world, 'coordinator')
    const answer = await signIn({ email, password: 'wrong' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('This address and password do not belong together.')
    expect(answer.text).toContain(`value="${email}"`)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('makes somebody who guesses wait, and counts anew after a right password', async () => {
    const { email } = await createAccount(world, 'coordinator')
    for (let attempt = 0; attempt < 9; attempt++) await signIn({ email, password: 'wrong' })
    expect((await signIn({ email, password: PASSWORD })).status).toBe(303)
    for (let attempt = 0; attempt < 10; attempt++) await signIn({ email, password: 'wrong' })
    const answer = await signIn({ email, password: PASSWORD })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(answer.text).toContain('Please try again in')
    const keys = await world.db.selectFrom('rate_limit').select('key').execute()
    expect(JSON.stringify(keys)).not.toContain('example.org')
  })

  it('ends with sign-out', async () => {
    const browser = await signedInBrowser(world, app, 'coordinator')
    expect((await browser.get('/')).status).toBe(200)
    const answer = await browser.post('/sign-out')
    expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    expect((await browser.get('/')).status).toBe(303)
  })
})

describe('a form', () => {
  it('is refused without its token or from another site, and then changes nothing', async () => {
    const { cookie, get } = await signedInBrowser(world, app, 'coordinator')
    const token = /name="_csrf" value="([\w-]+)"/.exec((await get('/')).text)?.[1] ?? ''
    const post = (fields: object, headers: Record<string, string> = {}) =>
      request(app)
        .post('/issues')
        .set({ Cookie: cookie, ...headers })
        .type('form')
        .send(fields)
    expect((await post({})).status).toBe(403)
    expect((await post({ _csrf: 'x'.repeat(43) })).status).toBe(403)
    expect((await post({ _csrf: token }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await post({ _csrf: token }, { Origin: 'https://evil.example' })).status).toBe(403)
    expect(await world.db.selectFrom('issue').selectAll().execute()).toEqual([])
    expect((await post({}, { 'X-CSRF-Token': token, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(303)
    expect(await world.db.selectFrom('issue').selectAll().execute()).toHaveLength(1)
  })

  it('of the wrong role is refused', async () => {
    const operator = await signedInBrowser(world, app, 'operator')
    expect((await operator.get('/issues')).status).toBe(403)
    expect((await operator.post('/issues')).status).toBe(403)
  })
})

describe('the page of an account link', () => {
  it('makes the account, signs it in, and is gone afterwards', async () => {
    const path = new URL(await createAccountLink(world, { role: 'coordinator', by: null })).pathname
    const form = { name: 'Aino', email: 'aino@example.org', time_zone: 'Europe/Helsinki' }
    expect((await request(app).get(path)).text).toContain('Make my account')
    const short = await request(app)
      .post(path)
      .type('form')
      .send({ ...form, password: 'short' })
    expect(short.status).toBe(422)
    expect(short.text).toContain('at least 10 characters')
    expect(short.text).toContain('value="aino@example.org"')
    const made = await request(app)
      .post(path)
      .type('form')
      .send({ ...form, password: PASSWORD })
    expect(made.headers['location']).toBe('/?notice=welcome')
    const cookie = String(made.headers['set-cookie']?.[0]).split(';')[0] ?? ''
    expect((await request(app).get('/').set('Cookie', cookie)).text).toContain('Aino')
    expect((await request(app).get(path)).status).toBe(410)
    expect((await request(app).get('/account-links/unknown')).status).toBe(404)
  })
})

describe('a network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (ip, network) => {
    expect(networkOf({ ip })).toBe(network)
  })
})

describe('the wider network', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ])('of %s is %s', (ip, network) => {
    expect(neighbourhoodOf({ ip })).toBe(network)
  })
})

describe('the sign-up form', () => {
  it('makes a network that floods it wait', async () => {
    const join = () => request(app).post('/join').type('form').send({ email: 'not an address' })
    for (let time = 0; time < POSTS_AN_HOUR; time++) expect((await join()).status).toBe(422)
    const answer = await join()
    expect(answer.status).toBe(429)
    expect(answer.text).toContain('That was a little fast')
    expect((await request(app).get('/join')).status).toBe(200)
  })
})
