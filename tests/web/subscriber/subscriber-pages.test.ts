import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { archiveList } from '../../../src/audience/archive-list.js'
import { confirmationToken } from '../../../src/audience/confirmation-token.js'
import { createList } from '../../../src/audience/create-list.js'
import { createLinks, deliveryToken, signToken } from '../../../src/audience/tokens.js'
import { parseKeyRing } from '../../../src/secrets.js'
import { createApp } from '../../../src/web/app.js'
import { postSignUp, takeSignUps } from '../../helpers/sign-up.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let listId: string
let issueId: string
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  listId = await createList(world, { name: 'Culture & craft' })
  issueId = newId(world.clock.now())
  const never = { send_at: null, released_at: null, fanned_out_at: null, finished_at: null }
  const nobody = { paused_by: null, created_by: null, reply_to: null }
  const now = world.clock.now()
  await world.db
    .insertInto('issue')
    .values({
      id: issueId,
      status: 'sent',
      title: 'March',
      ...never,
      ...nobody,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await world.db.insertInto('issue_list').values({ issue_id: issueId, list_id: listId }).execute()
})
afterAll(() => world.close())

let people = 0
async function reader() {
  const email = `reader${++people}@example.org`
  const subscriberId = await addSubscriber(world, { email, listIds: [listId], note: 'Fair' })
  const links = createLinks(world.keys, '', { subscriberId, issueId })
  return { subscriberId, email, links }
}
const subscriptionOf = (subscriberId: string) =>
  world.db
    .selectFrom('subscription')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .executeTakeFirstOrThrow()
async function everything() {
  const { db } = world
  return {
    subscriptions: await db.selectFrom('subscription').selectAll().orderBy('subscriber_id').execute(),
    confirmations: await db.selectFrom('confirmation').selectAll().orderBy('id').execute(),
    consents: await db.selectFrom('consent_event').selectAll().orderBy('id').execute(),
    subscribers: await db.selectFrom('subscriber').selectAll().orderBy('id').execute(),
  }
}
async function confirmationPath(email: string): Promise<string> {
  expect((await postSignUp(world, app, { email, lists: listId })).status).toBe(200)
  await takeSignUps(world)
  const { confirmationId } = world.enqueued.at(-1)!.payload as { confirmationId: string }
  return `/confirmations/${confirmationToken(world.keys, confirmationId)}`
}

it('changes no row however often a scanner follows the links', async () => {
  const { links } = await reader()
  const paths = [links.UNSUBSCRIBE, links.PREFERENCES, await confirmationPath('scanned@example.org'), '/join']
  const before = await everything()
  for (const path of paths)
    for (let visit = 0; visit < 25; visit++) {
      await request(app).get(path).expect(200)
      await request(app).head(path).expect(200)
    }
  expect(await everything()).toEqual(before)
})

it('shows one button, no script, no full address, and strict headers', async () => {
  const { links, email } = await reader()
  const { text, headers } = await request(app).get(links.UNSUBSCRIBE).expect(200)
  expect(text.match(/<button/g)).toHaveLength(1)
  expect(text).toContain('r***@e***')
  expect(text).not.toMatch(new RegExp(`<script|${email}`))
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'content-security-policy': "default-src 'self'; form-action 'self'; frame-ancestors 'none'",
  })
})

const ONE_CLICK = 'List-Unsubscribe=One-Click'
it.each([
  ['urlencoded', (post: request.Test) => post.type('form').send(ONE_CLICK)],
  ['multipart', (post: request.Test) => post.field('List-Unsubscribe', 'One-Click')],
  ['empty', (post: request.Test) => post],
  ['an unknown type', (post: request.Test) => post.set('Content-Type', 'application/x-odd').send(ONE_CLICK)],
  ['broken JSON', (post: request.Test) => post.set('Content-Type', 'application/json').send('{')],
  [
    'an unknown encoding',
    (post: request.Test) => post.set('Content-Encoding', 'odd').type('form').send(ONE_CLICK),
  ],
  ['cookies', (post: request.Test) => post.set('Cookie', 'session=1').type('form').send(ONE_CLICK)],
])('unsubscribes by one click with %s, twice alike', async (_name, body) => {
  const { links, subscriberId } = await reader()
  for (const _again of [1, 2]) {
    const { headers, text } = await body(request(app).post(links.UNSUBSCRIBE)).expect(200)
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers).not.toHaveProperty('location')
    expect(text).toBe('You are unsubscribed.\n')
  }
  expect(await subscriptionOf(subscriberId)).toMatchObject({
    status: 'unsubscribed',
    unsubscribe_channel: 'one-click',
    unsubscribe_issue_id: issueId,
  })
})

it('unsubscribes by the button of the page', async () => {
  const { links, subscriberId } = await reader()
  const { text } = await request(app).post(links.UNSUBSCRIBE).type('form').send({ from: 'page' }).expect(200)
  expect(text).toContain('Culture &amp; craft')
  expect(await subscriptionOf(subscriberId)).toMatchObject({ unsubscribe_channel: 'page' })
  expect((await request(app).get(links.UNSUBSCRIBE).expect(200)).text).toContain('already unsubscribed')
})

it('answers 404 to forged, cut and foreign tokens and changes nothing', async () => {
  const { subscriberId, links } = await reader()
  const ids = { subscriberId, issueId }
  const stranger = parseKeyRing(`test:${'ab'.repeat(32)}`)
  const wrong = [
    links.UNSUBSCRIBE.slice(0, -1),
    `/u/${deliveryToken(world.keys, 'prefs', ids)}`,
    `/u/${deliveryToken(stranger, 'unsub', ids)}`,
    `/u/${signToken(world.keys, 'unsub', Buffer.alloc(16))}`,
    '/u/x',
    `/p/${deliveryToken(world.keys, 'unsub', ids)}`,
    `/confirmations/${deliveryToken(world.keys, 'confirm', ids)}`,
    `/confirmations/${confirmationToken(world.keys, subscriberId)}`,
  ]
  const before = await everything()
  for (const path of wrong) {
    await request(app).get(path).expect(404)
    await request(app).post(path).expect(404)
  }
  expect(await everything()).toEqual(before)
})

it('honours a retired key while it is in the ring', async () => {
  const { links, subscriberId } = await reader()
  const [newest] = parseKeyRing(`new:${'cd'.repeat(32)}`)
  await request(createApp({ ...world, keys: [newest] }))
    .post(links.UNSUBSCRIBE)
    .expect(404)
  await request(createApp({ ...world, keys: [newest, ...world.keys] }))
    .post(links.UNSUBSCRIBE)
    .expect(200)
  expect(await subscriptionOf(subscriberId)).toMatchObject({ status: 'unsubscribed' })
})

it('confirms on POST, again alike, and says when the link has run out', async () => {
  const path = await confirmationPath('new@example.org')
  expect((await request(app).get(path).expect(200)).text).toContain('Yes, subscribe me')
  const first = await request(app).post(path).expect(200)
  expect(first.text).toContain('Thank you')
  expect((await request(app).post(path).expect(200)).text).toBe(first.text)
  expect((await request(app).get(path).expect(200)).text).toContain('Thank you')
  const late = await confirmationPath('late@example.org')
  world.clock.advance(48 * 3_600_000)
  await request(app).get(late).expect(410)
  await request(app).post(late).expect(410)
})

it('shows the sign-up form again with what is wrong, and the same answer for everybody', async () => {
  const other = await createList(world, { name: 'Small firms' })
  const { text } = await request(app)
    .post('/join')
    .type('form')
    .send({ email: 'a <b@c>"', lists: 'x' })
    .expect(422)
  expect(text).toContain('value="a &lt;b@c&gt;&quot;"')
  expect(text).toContain('id="email-note"')
  expect(text).toContain('Choose at least one newsletter.')
  await request(app).post('/join').expect(422)
  const { email } = await reader()
  const known = await postSignUp(world, app, { email, lists: [listId] })
  const fresh = await postSignUp(world, app, { email: 'zoe@example.org', lists: [listId] })
  expect(known.status).toBe(200)
  expect(known.text).toContain('Please look at your inbox')
  expect(fresh.text).toBe(known.text)
  await archiveList(world, other)
})

it('saves preferences at once', async () => {
  const { links, subscriberId } = await reader()
  expect((await request(app).get(links.PREFERENCES).expect(200)).text).toMatch(/value="[^"]+" checked/)
  const { text } = await request(app)
    .post(links.PREFERENCES)
    .type('form')
    .send({ form: 'preferences', shown: listId })
    .expect(200)
  expect(text).toContain('Saved.')
  expect(text).not.toContain(' checked')
  expect(await subscriptionOf(subscriberId)).toMatchObject({
    status: 'unsubscribed',
    unsubscribe_channel: 'page',
  })
})

it('asks in which language somebody likes to read, begins with that of the browser, and keeps the answer', async () => {
  await world.db.updateTable('list').set({ is_public: true }).where('id', '=', listId).execute()
  const join = await request(app).get('/join').set('Accept-Language', 'fi-FI, fi;q=0.9, en;q=0.5')
  expect(join.text).toContain('<option value="fi" lang="fi" selected>suomi</option>')
  const signUp = { email: 'lukija@example.org', lists: listId, language: 'fi' }
  expect((await postSignUp(world, app, signUp)).status).toBe(200)
  await takeSignUps(world)
  const found = () =>
    world.db
      .selectFrom('subscriber')
      .select(['id', 'language'])
      .where('email_key', '=', 'lukija@example.org')
      .executeTakeFirstOrThrow()
  const { id, language } = await found()
  expect(language).toBe('fi')
  // Whoever types a known address into the form changes nothing about its owner.
  await postSignUp(world, app, { ...signUp, language: 'sv' })
  await takeSignUps(world)
  expect((await found()).language).toBe('fi')
  const links = createLinks(world.keys, '', { issueId, subscriberId: id })
  expect((await request(app).get(links.PREFERENCES)).text).toContain('<option value="fi" lang="fi" selected>')
  await request(app)
    .post(links.PREFERENCES)
    .type('form')
    .send({ form: 'preferences', lists: listId, language: 'it' })
  expect((await found()).language).toBe('it')
  await request(app).post(links.PREFERENCES).type('form').send({ form: 'preferences', lists: listId })
  expect((await found()).language).toBe('it')
  await request(app)
    .post(links.PREFERENCES)
    .type('form')
    .send({ form: 'preferences', lists: listId, language: '' })
  expect((await found()).language).toBeNull()
})
