import type { Express } from 'express'
import request from 'supertest'
import { sendingOverview } from '../../../src/operations/sending-overview.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let operator: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  operator = await signedInBrowser(world, app, 'operator')
})
afterEach(() => world.close())

const FORM = {
  rate_per_hour: '20000',
  window_from: '08:00',
  window_to: '20:00',
  window_days: ['1', '5'],
  window_zone: 'Europe/Helsinki',
  recall_seconds: '30',
  give_up_hours: '24',
  policy_limit_percent: '3',
}
const PLAN = {
  domain: 'news.example.org',
  started_on: '2026-03-01',
  first_day: '500',
  growth_percent: '50',
  days: '14',
}
const settings = async () => (await sendingOverview(world)).settings

it('is for operators and admins', async () => {
  const coordinator = await signedInBrowser(world, app, 'coordinator')
  const admin = await signedInBrowser(world, app, 'admin')
  expect((await coordinator.get('/settings/sending')).status).toBe(403)
  for (const path of ['', '/providers', '/providers/waking', '/warm-ups', '/warm-ups/removal'])
    expect((await coordinator.post(`/settings/sending${path}`, { ...FORM, ...PLAN })).status).toBe(403)
  expect((await settings()).rate_per_hour).toBeNull()
  expect((await coordinator.get('/settings')).text).not.toContain('/settings/sending')
  expect((await admin.get('/settings/sending')).status).toBe(200)
  expect((await operator.get('/settings')).headers['location']).toBe('/settings/sending')
  expect((await request(app).get('/settings/sending')).headers['location']).toContain('/sign-in')
})

it('refuses a form without the session’s token', async () => {
  const forged = await request(app)
    .post('/settings/sending')
    .set('Cookie', operator.cookie)
    .type('form')
    .send(FORM)
  expect(forged.status).toBe(403)
  expect((await settings()).rate_per_hour).toBeNull()
})

it('saves how fast and when, says who did, and shows it again', async () => {
  const answer = await operator.post('/settings/sending', FORM)
  expect(answer.headers['location']).toBe('/settings/sending?notice=saved')
  expect(await settings()).toMatchObject({
    rate_per_hour: 20_000,
    window_from: '08:00:00',
    window_to: '20:00:00',
    window_days: [1, 5],
    window_zone: 'Europe/Helsinki',
    recall_seconds: 30,
    give_up_hours: 24,
    policy_limit_percent: 3,
  })
  const page = (await operator.get('/settings/sending')).text
  expect(page).toContain('value="20000"')
  expect(page).toMatch(/name="window_days" value="5" checked/)
  expect(page).not.toMatch(/name="window_days" value="2" checked/)
  expect(page).toContain('Aino the operator')
  expect(page).toContain('hours from: none → 08:00')
  world.clock.set('2026-03-03T09:00:00Z')
  expect((await operator.get('/settings/sending')).text).toContain('Nothing leaves until')
})

it('shows what was typed with the errors at their fields', async () => {
  const wrong = { ...FORM, rate_per_hour: 'plenty', window_to: '', recall_seconds: '500' }
  const { window_days: _none, ...noDays } = wrong
  const answer = await operator.post('/settings/sending', noDays)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('value="plenty"')
  expect(answer.text).toContain('value="500"')
  for (const sentence of ['Write a whole number', 'Between 0 and 120', 'Choose at least one day'])
    expect(answer.text).toContain(sentence)
  expect((await settings()).recall_seconds).toBe(60)
})

it('limits a provider, lifts the limit, and ends a rest', async () => {
  await operator.post('/settings/sending/providers', { name: 'gmail', rate_per_hour: '1 000' })
  expect((await operator.get('/settings/sending')).text).toContain('1,000 an hour')
  await operator.post('/settings/sending/providers', { name: 'gmail', rate_per_hour: '' })
  expect((await operator.get('/settings/sending')).text).toContain('None is limited')
  const refused = await operator.post('/settings/sending/providers', { name: 'gmail', rate_per_hour: '-3' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('value="-3"')
  expect((await operator.post('/settings/sending/providers', { name: 'x', rate_per_hour: '3' })).status).toBe(
    422,
  )
  const rests_until = new Date(world.clock.now().getTime() + 600_000)
  await world.db
    .updateTable('provider')
    .set({ rests_until, connections: 1, reason: '421 too fast' })
    .execute()
  expect((await operator.get('/settings/sending')).text).toContain('421 too fast')
  const wake = () => operator.post('/settings/sending/providers/waking', { name: 'gmail' })
  expect((await wake()).status).toBe(303)
  expect((await operator.get('/settings/sending')).text).toContain('recovers: 1 connection')
  expect((await wake()).status).toBe(409)
})

it('plans how a domain is warmed up, day by day, changes the plan and takes it away', async () => {
  const plan = (change = {}) => operator.post('/settings/sending/warm-ups', { ...PLAN, ...change })
  await plan()
  const page = (await operator.get('/settings/sending')).text
  expect(page).toContain('day 2 of 14')
  expect(page).toMatch(/>today<\/td><td[^>]*>750</)
  expect(page).toMatch(/>3 Mar 2026<\/td><td[^>]*>1,125</)
  await plan({ first_day: '100' })
  expect((await sendingOverview(world)).warmUps).toMatchObject([{ first_day: 100, ceiling: 150 }])
  const refused = await plan({ days: '999' })
  expect(refused.status).toBe(422)
  expect(refused.text).toMatch(/id="plan-0-days"[^>]*value="999"/)
  const another = await plan({ domain: 'not a domain' })
  expect(another.text).toMatch(/id="new-plan-domain"[^>]*value="not a domain"/)
  const remove = () => operator.post('/settings/sending/warm-ups/removal', { domain: PLAN.domain })
  expect((await remove()).status).toBe(303)
  expect((await remove()).status).toBe(404)
  expect((await operator.get('/settings/sending')).text).toContain('No domain is being warmed up')
})
