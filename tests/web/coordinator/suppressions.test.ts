import type { Express } from 'express'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { createList } from '../../../src/audience/create-list.js'
import { isSuppressed, suppressAddress } from '../../../src/audience/suppress-address.js'
import { searchSuppressions } from '../../../src/audience/suppressions.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
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

it('takes many lines, keeps the broken ones in the form, lifts with a reason and exports', async () => {
  expect((await browser.get('/suppressions')).text).toContain('Nothing is suppressed')
  const entries = ['ada@example.org', 'broken one', '*.example.com'].join('\n')
  const added = await browser.post('/suppressions', { entries, reason: 'manual', note: 'by phone' })
  expect(added.status).toBe(422)
  expect(added.text).toContain('2 lines are suppressed now')
  expect(added.text).toContain('Line 2:')
  expect(added.text).toMatch(/<textarea[^>]*>broken one<\/textarea>/)
  expect((await browser.get('/suppressions?q=Ada@Example.org')).text).toContain('ada@example.org')
  expect((await browser.get('/suppressions?q=nobody')).text).toContain('Nothing found')
  const id = (await searchSuppressions(world, { search: 'ada@example.org' })).suppressions[0]?.id
  expect((await browser.post(`/suppressions/${id}/lifting`, { why: ' ' })).status).toBe(422)
  expect((await browser.get('/suppressions/suppressions.csv')).text).toContain(
    'ada@example.org,,,manual,by phone',
  )
  expect((await browser.post(`/suppressions/${id}/lifting`, { why: 'Asked again' })).status).toBe(303)
  expect((await browser.post(`/suppressions/${id}/lifting`, { why: 'Asked again' })).status).toBe(409)
  expect(await isSuppressed(world, 'ada@example.org')).toBe(false)
  expect((await browser.post('/suppressions', { entries: ' ', reason: 'manual', note: '' })).text).toContain(
    'Write at least one',
  )
})

it('reads ten thousand lines of some length', async () => {
  const entries = Array.from(
    { length: 10_000 },
    (_, number) => `${'x'.repeat(60)}${number}@example.org`,
  ).join('\n')
  const answer = await browser.post('/suppressions', { entries, reason: 'hard-bounce', note: '' })
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('10,000 lines are suppressed now')
})

it('is for coordinators and operators', async () => {
  expect((await (await signedInBrowser(world, app, 'operator')).get('/suppressions')).status).toBe(200)
  expect((await (await signedInBrowser(world, app, 'partner')).get('/suppressions')).status).toBe(403)
})

it('erases a person after having said what goes, and shows the address no more but that it was erased', async () => {
  const list = await createList(world, { name: 'News' })
  const id = await addSubscriber(world, { email: 'ada@example.org', listIds: [list], note: 'Fair' })
  const page = await browser.get(`/subscribers/${id}/erasure`)
  expect(page.text).toContain('1 subscription and 1 entry of evidence')
  const answer = await browser.post(`/subscribers/${id}/erasure`)
  expect(answer.headers['location']).toBe('/subscribers?notice=erased')
  expect((await browser.get(`/subscribers/${id}`)).status).toBe(404)
  const found = (await browser.get('/suppressions?q=ada@example.org')).text
  expect(found).toContain('somebody who was erased')
  expect(found).toContain('They come back by signing up')
})

it('says on a person’s page that their whole domain is suppressed', async () => {
  const list = await createList(world, { name: 'News' })
  const id = await addSubscriber(world, { email: 'ada@example.org', listIds: [list], note: 'Fair' })
  await browser.post('/suppressions', { entries: 'example.org', reason: 'manual', note: '' })
  expect((await browser.get(`/subscribers/${id}`)).text).toContain('The whole domain is suppressed')
  await suppressAddress(world, { email: 'ada@example.org', reason: 'complaint' })
  expect((await browser.get(`/subscribers/${id}`)).text).toContain('Somebody complained')
})

it('keeps the periods of retention and says at its field what is wrong', async () => {
  expect((await browser.get('/settings/retention')).text).toContain('Nothing to remove now')
  const periods = {
    unconfirmed_days: '14',
    delivery_months: '24',
    trouble_days: '90',
    captured_days: '30',
    audit_months: '36',
    session_days: '30',
    evidence_months: '0',
    mail_days: '30',
    reason_months: '24',
    refusal_days: '30',
    draft_days: '7',
    undo_days: '30',
  }
  expect((await browser.post('/settings/retention', periods)).status).toBe(303)
  const wrong = await browser.post('/settings/retention', { ...periods, captured_days: 'many' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Between 1 and 3,650 days.')
  expect(wrong.text).toContain('value="many"')
  expect((await browser.get('/settings/retention')).text).toContain('value="14"')
})
