import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Express } from 'express'
import request from 'supertest'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { confirmSubscription } from '../../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../../src/audience/confirmation-token.js'
import { createList } from '../../../src/audience/create-list.js'
import { createField } from '../../../src/audience/fields/create-field.js'
import { closeForm } from '../../../src/audience/forms/close-form.js'
import { renewForms, saveForm } from '../../../src/audience/forms/save-form.js'
import { remindSignUps } from '../../../src/audience/remind-sign-ups.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { takeSignUp } from '../../../src/audience/take-sign-up.js'
import { unsubscribeFromList } from '../../../src/audience/unsubscribe.js'
import { saveOrganisation } from '../../../src/issues/organisation.js'
import { createApp } from '../../../src/web/app.js'
import { signUpLimits } from '../../../src/web/subscriber/forms/sign-up-limits.js'
import { sampleForm } from '../../helpers/sample-form.js'
import { agedStamp, postSignUp, takeSignUps } from '../../helpers/sign-up.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let town: string
let craft: string
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  town = await createList(world, { name: 'Town news' })
  craft = await createList(world, { name: 'Craft', isPublic: false })
})
afterEach(() => world.close())

const standing = async (email: string) =>
  world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .innerJoin('list', 'list.id', 'list_id')
    .select(['list.name', 'subscription.status', 'subscriber.language', 'subscriber.fields'])
    .where('email_key', '=', email)
    .orderBy('list.name')
    .execute()
const kept = () => world.db.selectFrom('sign_up').selectAll().execute()
const confirmations = () => world.enqueued.filter(({ name }) => name === 'send-confirmation')
async function confirm(): Promise<void> {
  const { confirmationId } = confirmations().at(-1)?.payload as { confirmationId: string }
  await confirmSubscription(world, confirmationToken(world.keys, confirmationId))
}
const json = (path: string, body: object) => request(app).post(path).send(body)

describe('a form', () => {
  it('asks what it was made to ask, never ticks a choice, and keeps the full evidence', async () => {
    await createField(world, { label: 'Firm size', type: 'number', isOnForms: true })
    await createField(world, { label: 'Branch', type: 'choice', choices: 'Wood\nStone', isOnForms: true })
    const form = await sampleForm(world, 'Website footer', {
      listIds: [town, craft],
      offersChoice: true,
      fields: [
        { key: 'FIRM_SIZE', isRequired: false },
        { key: 'BRANCH', isRequired: true },
      ],
      languages: ['en', 'fi'],
      texts: { fi: { title: 'Tilaa kirje', consent: 'Suostun tähän.' } },
    })
    const page = await request(app).get('/f/website-footer').set('Accept-Language', 'fi')
    expect(page.status).toBe(200)
    expect(page.text).toMatch(/<html lang="fi".*Tilaa kirje/s)
    expect(page.text).not.toContain('checked')
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.headers['set-cookie']).toBeUndefined()
    const typed = { email: 'Ada@Example.org', lists: craft, lang: 'fi', version: '1' }
    const wrong = await postSignUp(world, app, { ...typed, 'field:FIRM_SIZE': 'many' }, '/f/website-footer')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Kirjoita luku, esimerkiksi 42 tai 3,5.')
    expect(wrong.text).toContain('Täytä tämä kohta.')
    expect(wrong.text).toContain('value="many"')
    const right = { ...typed, 'field:FIRM_SIZE': '007', 'field:BRANCH': 'wood' }
    expect((await postSignUp(world, app, right, '/f/website-footer')).text).toContain('Katso sähköpostisi')
    await takeSignUps(world)
    expect(await kept()).toEqual([])
    expect(await standing('ada@example.org')).toEqual([
      { name: 'Craft', status: 'pending', language: 'fi', fields: {} },
    ])
    world.clock.advance(1000)
    await confirm()
    expect(await standing('ada@example.org')).toEqual([
      { name: 'Craft', status: 'confirmed', language: 'fi', fields: { FIRM_SIZE: '7', BRANCH: 'Wood' } },
    ])
    const events = await world.db.selectFrom('consent_event').selectAll().orderBy('id').execute()
    const shown = { consent_text: 'Suostun tähän.', language: 'fi', form_id: form.id, form_version: 1 }
    expect(events).toMatchObject([
      { kind: 'requested', channel: 'form', ...shown },
      { kind: 'confirmed', channel: 'link', ...shown },
    ])
  })

  it('keeps every version as it was; what was shown is what counts', async () => {
    const form = await sampleForm(world, 'Footer', {
      listIds: [town],
      texts: { en: { consent: 'First words.' } },
    })
    const content = { ...form.content, texts: { en: { consent: 'Second words.' } } }
    await saveForm(world, { id: form.id, draft: { name: 'Renamed', content }, by: null })
    await saveForm(world, { id: form.id, draft: { name: 'Again', content }, by: null })
    const versions = await world.db
      .selectFrom('form_version')
      .select('version')
      .where('form_id', '=', form.id)
      .execute()
    expect(versions).toHaveLength(2)
    const change = world.db
      .updateTable('form_version')
      .set({ version: 9 })
      .where('form_id', '=', form.id)
      .execute()
    await expect(change).rejects.toThrow('never changed')
    await expect(world.db.deleteFrom('form_version').execute()).rejects.toThrow('never changed')
    await postSignUp(world, app, { email: 'a@example.org', version: '1' }, '/f/footer')
    await postSignUp(world, app, { email: 'b@example.org', version: '2' }, '/f/footer')
    await postSignUp(world, app, { email: 'c@example.org', version: '77' }, '/f/footer')
    expect((await kept()).map(({ form_version, consent_text }) => [form_version, consent_text])).toEqual([
      [1, 'First words.'],
      [2, 'Second words.'],
      [2, 'Second words.'],
    ])
  })

  it('asks as it does now, however old the HTML is that somebody copied', async () => {
    const form = await sampleForm(world, 'Footer', {
      ...{ listIds: [town, craft], offersChoice: true, languages: ['en', 'fi'] },
      redirectUrl: 'https://old.example/',
      texts: { fi: { consent: 'Vanhat sanat.' } },
    })
    const third = await createList(world, { name: 'Third' })
    const content = {
      ...form.content,
      ...{ listIds: [town, third], offersChoice: false, languages: ['en' as const], redirectUrl: '' },
      fields: [{ key: 'FIRSTNAME', isRequired: true }],
    }
    await saveForm(world, { id: form.id, draft: { name: 'Footer', content }, by: null })
    const post = (typed: object) =>
      postSignUp(world, app, { email: 'a@example.org', version: '1', lang: 'fi', ...typed }, '/f/footer')
    const missing = await post({ lists: town })
    expect([missing.status, missing.text.includes('Täytä tämä kohta.')]).toEqual([422, true])
    const name = { 'field:FIRSTNAME': 'Ada' }
    for (const gone of [craft, third]) expect((await post({ lists: gone, ...name })).status).toBe(422)
    expect((await post({ lists: town, ...name })).status).toBe(200)
    expect(await kept()).toMatchObject([
      { list_ids: [town], form_version: 1, consent_text: 'Vanhat sanat.', language: 'fi' },
    ])
  })

  it('keeps the words of consent that were shown when the organisation or the usual words change', async () => {
    const rename = async (name: string) => {
      await saveOrganisation(world, { name })
      return renewForms(world)
    }
    expect(await rename('Old Bells')).toBe(1)
    const { version } = (await request(app).get('/f/join.json')).body
    expect(await renewForms(world)).toBe(0)
    expect(await rename('New Bells')).toBe(1)
    await postSignUp(world, app, { email: 'a@example.org', lists: town, version: String(version) })
    await postSignUp(world, app, { email: 'b@example.org', lists: town, version: String(version + 1) })
    const texts = (await kept()).map(({ consent_text }) => consent_text)
    expect(texts).toEqual([expect.stringContaining('Old Bells'), expect.stringContaining('New Bells')])
    expect((await request(app).get('/join')).text).toContain('New Bells')
  })

  it('takes what its fields may hold, and says in the reader’s language when it is too much', async () => {
    const keys = []
    for (let at = 0; at < 49; at++)
      keys.push(await createField(world, { label: `Long ${at}`, type: 'text', isOnForms: true }))
    await sampleForm(world, 'Long', {
      listIds: [town],
      fields: keys.map((key) => ({ key, isRequired: true })),
    })
    const full = Object.fromEntries(keys.map((key) => [key, '\u{1f514}'.repeat(250)]))
    const typed = Object.fromEntries(Object.entries(full).map(([key, value]) => [`field:${key}`, value]))
    expect((await postSignUp(world, app, { email: 'a@example.org', ...typed }, '/f/long')).status).toBe(200)
    const stamp = await agedStamp(world, 'long')
    expect((await json('/f/long.json', { email: 'b@example.org', fields: full, stamp })).status).toBe(202)
    const over = { email: 'a'.repeat(500_000) }
    const page = await request(app).post('/f/long').set('Accept-Language', 'fi').type('form').send(over)
    expect([page.status, page.text.includes('Tekstiä oli liikaa')]).toEqual([413, true])
    const answer = await request(app).post('/f/long.json').set('Accept-Language', 'it').send(over)
    expect([answer.status, answer.body.title]).toEqual([413, 'Era troppo'])
  })

  it('is not found, or closed, and the general one never is', async () => {
    await request(app).get('/f/nothing').expect(404)
    expect((await json('/f/nothing.json', {})).body).toMatchObject({ status: 404 })
    const form = await sampleForm(world, 'Fair', { listIds: [town] })
    await closeForm(world, { id: form.id, isClosed: true })
    await request(app).get('/f/fair').expect(410)
    expect((await postSignUp(world, app, { email: 'a@example.org' }, '/f/fair')).status).toBe(410)
    expect((await json('/f/fair.json', { email: 'a@example.org' })).status).toBe(410)
    const { id } = await world.db
      .selectFrom('form')
      .select('id')
      .where('slug', '=', 'join')
      .executeTakeFirstOrThrow()
    await expect(closeForm(world, { id, isClosed: true })).rejects.toThrow('stays open')
  })

  it('leads on to another site, which the policy lets it', async () => {
    await sampleForm(world, 'Fair', { listIds: [town], redirectUrl: 'https://www.example.org/thanks' })
    const page = await request(app).get('/f/fair')
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https://www.example.org;")
    const answer = await postSignUp(world, app, { email: 'a@example.org' }, '/f/fair')
    expect([answer.status, answer.headers['location']]).toEqual([303, 'https://www.example.org/thanks'])
    for (const redirectUrl of [
      'http://example.org',
      'javascript:alert(1)',
      'https://a:b@example.org',
      '//x.org',
    ])
      await expect(sampleForm(world, 'Bad', { listIds: [town], redirectUrl })).rejects.toThrow('https://')
  })
})

describe('robots', () => {
  const typed = { email: 'ada@example.org' }
  beforeEach(() => sampleForm(world, 'Fair', { listIds: [town] }))

  it('of a form elsewhere press once more, and only after a moment', async () => {
    const first = await request(app)
      .post('/f/fair')
      .type('form')
      .send({ ...typed, version: '1' })
    expect([first.status, first.text.includes('One more press')]).toEqual([200, true])
    expect(await kept()).toEqual([])
    const stamp = /name="stamp" value="([^"]+)"/.exec(first.text)?.[1] ?? ''
    const again = () =>
      request(app)
        .post('/f/fair')
        .type('form')
        .send({ ...typed, stamp })
    const early = await again()
    expect(early.text).toContain('That was very quick')
    expect(early.text).toContain(`name="stamp" value="${stamp}"`)
    world.clock.advance(2000)
    expect((await again()).text).toContain('Please look at your inbox')
    expect(await kept()).toHaveLength(1)
    world.clock.advance(24 * 3_600_000)
    expect((await again()).text).toContain('One more press')
  })

  it('get in with work that is proven, once, and not sooner than a person fills in a form', async () => {
    const described = await request(app).get('/f/fair.json').set('Origin', 'https://elsewhere.example')
    expect(described.headers['access-control-allow-origin']).toBe('*')
    const { challenge } = described.body
    const solution = await solveChallenge({ challenge, deriveKey })
    const altcha = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
    const post = () =>
      request(app)
        .post('/f/fair')
        .type('form')
        .send({ ...typed, altcha })
    expect((await post()).text).toContain('One more press')
    expect(await kept()).toEqual([])
    world.clock.advance(2000)
    expect((await post()).text).toContain('Please look at your inbox')
    expect((await post()).text).toContain('One more press')
    expect(await kept()).toHaveLength(1)
  })

  it('without proof are counted harder: 20 an hour from one address', async () => {
    for (let time = 0; time < 20; time++)
      expect((await postSignUp(world, app, { email: `a${time}@example.org` }, '/f/fair')).status).toBe(200)
    const over = await postSignUp(world, app, { email: 'z@example.org', lang: 'en' }, '/f/fair')
    expect([over.status, Number(over.headers['retry-after']) > 0]).toEqual([429, true])
    expect(await kept()).toHaveLength(20)
  })

  it('that type one mailbox into every form cause one mail in ten minutes, and the answer stays', async () => {
    await sampleForm(world, 'Second', { listIds: [craft] })
    for (const path of ['/f/fair', '/f/second', '/join', '/f/fair']) {
      const answer = await postSignUp(world, app, typed, path)
      expect(answer.text).toContain('Please look at your inbox')
      await takeSignUps(world)
    }
    expect(confirmations()).toHaveLength(1)
    world.clock.advance(10 * 60_000)
    await postSignUp(world, app, typed, '/f/second')
    await takeSignUps(world)
    expect(confirmations()).toHaveLength(2)
    for (let time = 0; time < 10; time++) await postSignUp(world, app, typed, '/f/second')
    // The eleventh within the hour is not even kept, and nobody is told.
    expect(await kept()).toHaveLength(5)
  })
})

it('takes at most 200 sign-ups an hour for one domain, and far more for a large provider', async () => {
  const { domain } = signUpLimits(world)
  for (let time = 0; time < 200; time++) expect(await domain(`a${time}@firm.example`)).toBeNull()
  expect(await domain('z@firm.example')).toBeGreaterThan(0)
  for (let time = 0; time < 201; time++) expect(await domain(`a${time}@gmail.com`)).toBeNull()
})

it('counts a mailbox with every tag as one', async () => {
  const { isCalm } = signUpLimits(world)
  for (let time = 0; time < 10; time++) expect(await isCalm(`ada+${time}@example.org`)).toBe(true)
  expect(await isCalm('ada@example.org')).toBe(false)
})

describe('an address that looks mistyped', () => {
  it('is asked about once; the person may take the other or stay', async () => {
    await sampleForm(world, 'Fair', { listIds: [town] })
    const first = await postSignUp(world, app, { email: 'ada@gmial.com' }, '/f/fair')
    expect(first.status).toBe(422)
    expect(first.text).toContain('Did you mean ada@gmail.com?')
    expect(first.text).toContain('name="keeps" value="ada@gmial.com"')
    await postSignUp(world, app, { email: 'ada@gmial.com', keeps: 'ada@gmial.com' }, '/f/fair')
    await postSignUp(
      world,
      app,
      { email: ['ada@gmial.com', 'ada@gmail.com'], keeps: 'ada@gmial.com' },
      '/f/fair',
    )
    expect((await kept()).map(({ email }) => email)).toEqual(['ada@gmial.com', 'ada@gmail.com'])
  })

  it('may be of any script', async () => {
    for (const email of ['jörg@bücher.example', 'Дарья@пример.рф', 'a@xn--bcher-kva.example'])
      expect((await postSignUp(world, app, { email })).text).toContain('Please look at your inbox')
    expect((await kept()).map(({ email }) => email)).toEqual([
      'jörg@bücher.example',
      'Дарья@пример.рф',
      'a@bücher.example',
    ])
  })
})

describe('who is known', () => {
  const KINDS = [
    'new@example.org',
    'waiting@example.org',
    'reader@example.org',
    'left@example.org',
    'gone@example.org',
  ]
  beforeEach(async () => {
    const reader = (email: string) => addSubscriber(world, { email, listIds: [town], note: 'Fair' })
    await reader('reader@example.org')
    await unsubscribeFromList(world, {
      subscriberId: await reader('left@example.org'),
      listId: town,
      channel: 'admin',
    })
    await suppressAddress(world, { email: 'gone@example.org', reason: 'complaint' })
    await postSignUp(world, app, { email: 'waiting@example.org' })
    await takeSignUps(world)
  })

  it('is not told by any byte of the answer, nor by the work that it takes', async () => {
    const statements: string[] = []
    const pages: string[] = []
    const bodies: string[] = []
    for (const email of KINDS) {
      const enqueued = world.enqueued.length
      const page = await postSignUp(world, app, { email })
      pages.push(`${page.status}${page.text}`)
      statements.push(
        world.enqueued
          .slice(enqueued)
          .map(({ name }) => name)
          .join(),
      )
      const stamp = await agedStamp(world)
      const body = await json('/f/join.json', { email, stamp })
      bodies.push(`${body.status}${body.text}`)
    }
    expect(new Set(pages).size).toBe(1)
    expect(new Set(bodies).size).toBe(1)
    expect(new Set(statements)).toEqual(new Set(['take-sign-up']))
    await takeSignUps(world)
    expect(await standing('gone@example.org')).toEqual([])
    expect(await standing('left@example.org')).toMatchObject([{ status: 'pending' }])
    expect(await standing('reader@example.org')).toMatchObject([{ status: 'confirmed' }])
  })

  it('is not told by the time of the answer', async () => {
    const behindProxy = createApp({ ...world, config: { ...world.config, trustedProxies: 1 } })
    const ROUNDS = 40
    for (let round = 0; round < ROUNDS; round++)
      await addSubscriber(world, { email: `known${round}@example.org`, listIds: [town], note: 'Fair' })
    const stamp = await agedStamp(world)
    const stamps = await Promise.all(Array.from({ length: ROUNDS }, () => agedStamp(world)))
    const took = async (email: string, round: number) => {
      const start = performance.now()
      const answer = await request(behindProxy)
        .post('/join')
        .set('X-Forwarded-For', `198.51.${round}.${email.length}`)
        .type('form')
        .send({ email, stamp: stamps[round] ?? stamp })
      expect(answer.text).toContain('Please look at your inbox')
      return performance.now() - start
    }
    const times: { known: number[]; fresh: number[] } = { known: [], fresh: [] }
    // In turns, so that whatever else this machine does slows down both alike.
    for (let round = 0; round < ROUNDS; round++) {
      times.known.push(await took(`known${round}@example.org`, round))
      times.fresh.push(await took(`fresh${round}@example.org`, round))
    }
    const middle = (of: number[]) => [...of].sort((a, b) => a - b)[ROUNDS / 2] ?? 0
    const [known, fresh] = [middle(times.known), middle(times.fresh)]
    expect(Math.abs(known - fresh) / Math.max(known, fresh)).toBeLessThan(0.35)
  })

  it('joins a list without confirmation at once, but nobody brings back who has left', async () => {
    await world.db.updateTable('list').set({ opt_in: 'single' }).where('id', '=', town).execute()
    const pages = []
    for (const email of KINDS) pages.push((await postSignUp(world, app, { email })).text)
    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).toContain('Thank you')
    await takeSignUps(world)
    const all = await Promise.all(KINDS.map(async (email) => (await standing(email))[0]?.status))
    expect(all).toEqual(['confirmed', 'confirmed', 'confirmed', 'pending', undefined])
    for (const minutes of [1, 11]) {
      world.clock.advance(minutes * 60_000)
      await postSignUp(world, app, { email: 'left@example.org' })
      await takeSignUps(world)
    }
    expect(await standing('left@example.org')).toMatchObject([{ status: 'pending' }])
    const [event] = await world.db
      .selectFrom('consent_event')
      .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
      .select(['kind', 'channel', 'consent_text', 'form_version'])
      .where('email_key', '=', 'new@example.org')
      .execute()
    expect(event).toMatchObject({ kind: 'confirmed', channel: 'form', form_version: 1 })
    expect(event?.consent_text).toContain('I agree that')
  })

  it('is changed in nothing by who has not confirmed, also without confirmation', async () => {
    await world.db.updateTable('list').set({ opt_in: 'single' }).where('id', '=', craft).execute()
    await sampleForm(world, 'Craft', { listIds: [craft], fields: [{ key: 'FIRSTNAME', isRequired: false }] })
    await addSubscriber(world, {
      email: 'reader@example.org',
      listIds: [],
      note: 'Fair',
      fields: { FIRSTNAME: 'Ada' },
    })
    await postSignUp(world, app, { email: 'reader@example.org', 'field:FIRSTNAME': 'Mallory' }, '/f/craft')
    await postSignUp(world, app, { email: 'fresh@example.org', 'field:FIRSTNAME': 'Finn' }, '/f/craft')
    await takeSignUps(world)
    expect((await standing('reader@example.org'))[0]?.fields).toEqual({ FIRSTNAME: 'Ada' })
    expect((await standing('fresh@example.org'))[0]?.fields).toEqual({ FIRSTNAME: 'Finn' })
  })

  it('is reminded of by the sweep when a job is lost, and done once', async () => {
    await postSignUp(world, app, { email: 'lost@example.org' })
    expect(await remindSignUps(world)).toBe(0)
    world.clock.advance(3 * 60_000)
    const [{ id } = { id: '' }] = await kept()
    expect(await remindSignUps(world)).toBe(1)
    await Promise.all([takeSignUp(world, { signUpId: id }), takeSignUp(world, { signUpId: id })])
    expect(await standing('lost@example.org')).toHaveLength(1)
    expect(await remindSignUps(world)).toBe(0)
  })
})

describe('the JSON endpoint', () => {
  beforeEach(async () => {
    await createField(world, { label: 'Firm size', type: 'number', isOnForms: true })
    await createField(world, { label: 'Member', type: 'yes-no', isOnForms: true })
    await sampleForm(world, 'Api', {
      listIds: [town, craft],
      offersChoice: true,
      fields: [
        { key: 'FIRM_SIZE', isRequired: true },
        { key: 'MEMBER', isRequired: false },
      ],
      origins: ['https://www.example.org'],
    })
  })

  it('says what it asks and takes it, with the same checks as the page', async () => {
    const { body: asked } = await request(app).get('/f/api.json').expect(200)
    expect(asked).toMatchObject({
      version: 1,
      languages: ['en'],
      offersChoice: true,
      fields: [
        { key: 'FIRM_SIZE', type: 'number', isRequired: true },
        { key: 'MEMBER', type: 'yes-no', isRequired: false },
      ],
    })
    expect(asked).toMatchObject({ intro: '', button: 'Agree and join', asksLanguage: false })
    const { body: general } = await request(app).get('/f/join.json')
    expect(general).toMatchObject({ asksLanguage: true })
    expect(general.readerLanguages).toContainEqual({ value: 'fi', label: 'suomi' })
    expect(asked.lists.map((list: { name: string }) => list.name)).toEqual(['Craft', 'Town news'])
    const wrong = await json('/f/api.json', { email: 'nobody', lists: [] })
    expect(wrong.status).toBe(422)
    expect(wrong.headers['content-type']).toContain('application/problem+json')
    expect(Object.keys(wrong.body.errors).sort()).toEqual(['FIRM_SIZE', 'email', 'lists'])
    const typed = { email: 'ada@example.org', lists: [town], fields: { FIRM_SIZE: 7, MEMBER: true } }
    const early = await json('/f/api.json', typed)
    expect([early.status, early.body.type]).toEqual([428, 'urn:carillon:problem:unproven'])
    world.clock.advance(2000)
    const taken = await json('/f/api.json', { ...typed, stamp: early.body.stamp })
    expect([taken.status, taken.body.status]).toEqual([202, 'taken'])
    expect((await kept())[0]).toMatchObject({ list_ids: [town], fields: { FIRM_SIZE: '7', MEMBER: 'yes' } })
    const typo = await json('/f/api.json', { ...typed, email: 'ada@gmial.com' })
    expect(typo.body).toMatchObject({ type: 'urn:carillon:problem:mistyped', suggestion: 'ada@gmail.com' })
  })

  it('is for the sites that were named, and for programs', async () => {
    const asks = (origin: string) => request(app).options('/f/api.json').set('Origin', origin)
    const named = await asks('https://www.example.org')
    expect(named.status).toBe(204)
    expect(named.headers['access-control-allow-origin']).toBe('https://www.example.org')
    expect(named.headers['access-control-allow-headers']).toBe('Content-Type')
    for (const origin of ['https://evil.example', 'null', 'https://www.example.org.evil.example']) {
      const other = await asks(origin)
      expect([other.status, other.headers['access-control-allow-origin']]).toEqual([403, undefined])
    }
    expect((await request(app).get('/f/api.json')).status).toBe(200)
  })

  it.each([
    ['broken JSON', 'application/json', '{', 400],
    ['a form', 'application/x-www-form-urlencoded', 'email=a', 415],
    ['too much', 'application/json', JSON.stringify({ email: 'a'.repeat(500_000) }), 413],
    ['half a sign', 'application/json', '{"email":"a@example.org","fields":{"FIRM_SIZE":"\\ud800"}}', 422],
    ['a list', 'application/json', '[]', 422],
    ['odd values', 'application/json', '{"email":{"a":1},"lists":7,"fields":[],"version":"x"}', 422],
  ])('answers %s with a problem', async (_what, type, body, status) => {
    const answer = await request(app).post('/f/api.json').set('Content-Type', type).send(body)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body.status).toBe(status)
  })
})
