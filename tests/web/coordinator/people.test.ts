import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { createList } from '../../../src/audience/create-list.js'
import { lists } from '../../../src/audience/lists.js'
import { createSegment } from '../../../src/audience/segments/save-segment.js'
import { SegmentTree } from '../../../src/audience/segments/segment-tree.js'
import { subscriberRecord } from '../../../src/audience/subscriber-record.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { sentIssue } from '../../helpers/sent-issue.js'
import { type Browser, createAccount, PASSWORD, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterEach(() => world.close())

describe('a subscriber', () => {
  it('is added with fields, lists and where the consent came from, and found again', async () => {
    const listId = await createList(world, { name: 'Town news' })
    const answer = await browser.post('/subscribers', {
      email: 'Aino@Example.org',
      'field:FIRSTNAME': 'Aino',
      'field:CITY': 'Oulu',
      listIds: listId,
      note: 'paper form of 3 March',
    })
    const path = String(answer.headers['location']).split('?')[0] ?? ''
    const record = await subscriberRecord(world, path.slice(13))
    expect(record.subscriber.fields).toEqual({ FIRSTNAME: 'Aino', CITY: 'Oulu' })
    expect(record.events).toMatchObject([{ kind: 'added', note: 'paper form of 3 March' }])
    for (const query of ['q=aino', 'q=oulu', `list=${listId}&status=confirmed`])
      expect((await browser.get(`/subscribers?${query}`)).text).toContain('Aino@example.org')
    expect((await browser.get('/subscribers?q=nobody')).text).toContain('Nobody found')
  })

  it('with a broken address, without evidence or suppressed is refused at its field, and nothing typed is lost', async () => {
    await suppressAddress(world, { email: 'gone@example.org', reason: 'complaint' })
    const tried = async (email: string, note: string) =>
      browser.post('/subscribers', { email, note, 'field:CITY': 'Oulu' })
    const broken = await tried('not an address', 'form')
    expect(broken.status).toBe(422)
    expect(broken.text).toContain('value="Oulu"')
    expect((await tried('a@example.org', ' ')).text).toContain('Say where this person agreed')
    expect((await tried('gone@example.org', 'form')).text).toContain('must not get mail')
    expect(await world.db.selectFrom('subscriber').selectAll().execute()).toEqual([])
  })

  it('is shown with what was sent, changed, unsubscribed and suppressed, with evidence', async () => {
    const { readers, listId } = await sentIssue(world, 'town')
    const path = `/subscribers/${readers[2]}`
    expect((await browser.get(path)).text).toContain('550 mailbox full of stones')
    const change = { 'field:FIRSTNAME': '', 'field:CITY': 'Chania', language: 'el' }
    expect((await browser.post(path, change)).status).toBe(303)
    await browser.post(`${path}/unsubscriptions`, { listId })
    await browser.post(`${path}/suppression`, { note: 'asked by phone' })
    const record = await subscriberRecord(world, readers[2] ?? '')
    expect(record).toMatchObject({
      subscriber: { fields: { CITY: 'Chania' }, language: 'el' },
      subscriptions: [{ status: 'unsubscribed', unsubscribe_channel: 'admin' }],
      events: [{ kind: 'withdrawn', channel: 'admin' }],
      suppression: { reason: 'manual', note: 'asked by phone' },
    })
    expect((await browser.post(path, { ...change, 'field:CITY': 'x'.repeat(501) })).text).toContain(
      'Keep this below 500 characters.',
    )
    expect((await browser.post(`${path}/suppression/removal`)).text).toContain(
      'Say why mail may go there again',
    )
    await browser.post(`${path}/suppression/removal`, { why: 'Asked again' })
    expect((await subscriberRecord(world, readers[2] ?? '')).suppression).toBeNull()
    const audit = await world.db
      .selectFrom('audit_entry')
      .select('action')
      .where('action', '<>', 'schedule-issue')
      .execute()
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'lift-suppression',
      'revise-subscriber',
      'suppress',
      'unsubscribe',
    ])
  })

  it('who said no stays suppressed', async () => {
    const { readers } = await listWithReaders(world, 'town', 1)
    await suppressAddress(world, { email: 'r1.town@example.org', reason: 'complaint' })
    const answer = await browser.post(`/subscribers/${readers[0]}/suppression/removal`, { why: 'Please' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('only its owner can change that')
    expect((await subscriberRecord(world, readers[0] ?? '')).suppression?.reason).toBe('complaint')
  })

  it('is listed page by page', async () => {
    await listWithReaders(world, 'town', 51)
    const first = (await browser.get('/subscribers')).text
    const next = /href="(\/subscribers\?after&#x3D;[^"]+)"/.exec(first)?.[1]?.replaceAll('&#x3D;', '=') ?? ''
    expect(first.match(/aria-label="Tick [^"]+@example\.org/g)).toHaveLength(50)
    expect((await browser.get(next)).text.match(/aria-label="Tick r\d+\.town@example\.org/g)).toHaveLength(1)
  })
})

describe('a list', () => {
  it('is made, changed and taken out of use, but not under an issue on its way', async () => {
    await browser.post('/lists', { name: 'Town news', language: 'fi', isPublic: 'on' })
    const [list] = await lists(world)
    expect(list).toMatchObject({ name: 'Town news', slug: 'town-news', language: 'fi', is_public: true })
    await browser.post(`/lists/${list?.id}`, { name: 'County news', language: 'fi' })
    expect((await lists(world))[0]).toMatchObject({
      name: 'County news',
      slug: 'town-news',
      is_public: false,
    })
    expect((await browser.post('/lists', { name: ' ', language: 'fi' })).text).toContain(
      'Give the list a name.',
    )
    const busy = await listWithReaders(world, 'busy', 1)
    await scheduleIssue(world, await completeDraft(world, [busy.listId]), null)
    expect((await browser.post(`/lists/${busy.listId}/archive`)).status).toBe(409)
    await browser.post(`/lists/${list?.id}/archive`)
    expect((await lists(world)).map(({ name }) => name)).toEqual(['busy'])
  })
})

describe('settings', () => {
  it('keep who sends, and say at the field what is wrong', async () => {
    const form = {
      name: 'Town Hall',
      website: 'https://example.org',
      from_name: 'Town',
      from_email: 'news@example.org',
      reply_to: '',
    }
    expect((await browser.post('/settings', form)).status).toBe(303)
    expect((await browser.get('/settings')).text).toContain('value="Town Hall"')
    const wrong = await browser.post('/settings', { ...form, from_email: 'nobody' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Enter one complete e-mail address.')
  })

  it('let everybody change their own name, zone and password, given the present one', async () => {
    const operator = await signedInBrowser(world, app, 'operator')
    const me = { name: 'Eleni', email: 'eleni@example.org', time_zone: 'Europe/Athens' }
    await operator.post('/settings/me', me)
    expect((await operator.get('/settings/me')).text).toContain('Eleni')
    expect((await operator.get('/settings')).headers['location']).toBe('/settings/sending')
    expect((await operator.post('/settings', {})).status).toBe(403)
    const other = (await createAccount(world, 'operator')).email
    expect((await operator.post('/settings/me', { ...me, email: other })).text).toContain('already')
    const wrong = await operator.post('/settings/me/password', {
      present: 'wrong',
      password: 'a new long one',
    })
    expect(wrong.text).toContain('This is not your present password.')
    await operator.post('/settings/me/password', { present: PASSWORD, password: 'a new long one' })
    expect((await operator.get('/')).status).toBe(200)
    const signedIn = await request(app)
      .post('/sign-in')
      .type('form')
      .send({ email: 'eleni@example.org', password: 'a new long one' })
    expect(signedIn.status).toBe(303)
  })

  it('let an admin invite, lock out and let in, but never the last admin out', async () => {
    expect((await browser.get('/settings/accounts')).status).toBe(403)
    const admin = await signedInBrowser(world, app, 'admin')
    const invited = await admin.post('/settings/accounts/invitations', { role: 'operator' })
    const path = /\/account-links\/[\w-]{43}/.exec(invited.text)?.[0] ?? ''
    expect((await request(app).get(path)).text).toContain('an <strong>operator</strong>')
    await admin.post(`/settings/accounts/${browser.accountId}/disabling`)
    expect((await browser.get('/')).status).toBe(303)
    await admin.post(`/settings/accounts/${browser.accountId}/enabling`)
    const password = await admin.post(`/settings/accounts/${browser.accountId}/password-links`)
    expect(password.text).toContain('a new password for Aino the coordinator')
    const last = await admin.post(`/settings/accounts/${admin.accountId}/disabling`)
    expect(last.status).toBe(409)
    expect(last.text).toContain('This is the last admin.')
    expect((await admin.get('/')).status).toBe(200)
  })
})

describe('a search by its address', () => {
  it('means nobody when it is not whole or its segment is gone, also as a file and for acts on many', async () => {
    await listWithReaders(world, 'whole', 2)
    const bad = ['segment=0197', `segment=${newId(world.clock.now())}`, 'list=abc', 'status=confirmd']
    for (const query of bad) {
      await browser.get(`/subscribers?${query}`).expect(404)
      await browser.get(`/subscribers/bulk?whom=found&${query}`).expect(404)
      await browser.get(`/subscribers/export.csv?${query}`).expect(404)
    }
  })

  it('gives the people of a segment as a file', async () => {
    const { listId } = await listWithReaders(world, 'inside', 1)
    await listWithReaders(world, 'outside', 1)
    const tree = SegmentTree.parse({
      match: 'all',
      parts: [{ about: 'list', test: 'on', listId }],
    })
    const id = await createSegment(world, { name: 'Insiders', tree, by: null })
    const { text } = await browser.get(`/subscribers/export.csv?segment=${id}`).expect(200)
    expect(text).toContain('r1.inside@')
    expect(text).not.toContain('outside')
  })
})
