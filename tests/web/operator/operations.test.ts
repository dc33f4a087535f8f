import type { Express } from 'express'
import { createApp } from '../../../src/web/app.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { fannedOutIssue, sentIssue } from '../../helpers/sent-issue.js'
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

const statusOf = async (issueId: string) =>
  (await world.db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirstOrThrow())
    .status

it('is for operators alone', async () => {
  const coordinator = await signedInBrowser(world, app, 'coordinator')
  const { issueId } = await fannedOutIssue(world, 'town', 1)
  expect((await coordinator.get('/operations')).status).toBe(403)
  expect((await coordinator.get('/operations/deliveries?q=town')).status).toBe(403)
  expect((await coordinator.post(`/operations/issues/${issueId}/cancellation`)).status).toBe(403)
  expect(await statusOf(issueId)).toBe('sending')
})

it('pauses, goes on and cancels, and notes who did', async () => {
  const { issueId, batch } = await fannedOutIssue(world, 'town', 3)
  const press = (what: string) => {
    world.clock.advance(1000)
    return operator.post(`/operations/issues/${issueId}/${what}`)
  }
  await press('pause')
  expect(await statusOf(issueId)).toBe('paused')
  await sendBatch(world, batch)
  expect(world.sent).toEqual([])
  await press('resume')
  expect(await statusOf(issueId)).toBe('sending')
  await press('cancellation')
  expect(await statusOf(issueId)).toBe('cancelled')
  expect((await press('resume')).status).toBe(409)
  const audit = await world.db
    .selectFrom('audit_entry')
    .select(['action', 'account_id'])
    .where('action', '<>', 'schedule-issue')
    .orderBy('id')
    .execute()
  expect(audit).toEqual(
    ['pause-issue', 'resume-issue', 'cancel-issue'].map((action) => ({
      action,
      account_id: operator.accountId,
    })),
  )
})

it('shows the counts and the trouble with the mail server, and retries what was rejected', async () => {
  const { issueId, batch } = await sentIssue(world, 'town')
  await world.db
    .insertInto('transport_error')
    .values({
      id: issueId,
      occurred_at: world.clock.now(),
      stage: 'auth',
      code: 535,
      text: '535 wrong password',
    })
    .execute()
  const page = (await operator.get('/operations')).text
  expect(page).toContain('5 of 5 people are settled')
  expect(page).toContain('535 wrong password')
  expect(page).toContain('Sends it once more to 2 people')
  await operator.post(`/operations/issues/${issueId}/retry`)
  await sendBatch(world, batch)
  const statuses = await world.db.selectFrom('delivery').select('status').execute()
  expect(statuses.filter(({ status }) => status === 'accepted')).toHaveLength(4)
})

it('finds one person’s deliveries and settles those in doubt', async () => {
  const { issueId } = await sentIssue(world, 'town')
  const found = await operator.get('/operations/deliveries?q=r4.town')
  expect(found.text).toContain('the line went dead')
  const id = /deliveries\/([0-9a-f-]{36})\/acceptance/.exec(found.text)?.[1]
  const answer = await operator.post(`/operations/deliveries/${id}/acceptance`, {
    issueId,
    back: 'q=r4.town',
  })
  expect(answer.headers['location']).toBe('/operations/deliveries?q=r4.town&notice=done')
  expect((await operator.post(`/operations/deliveries/${id}/resend`, { issueId, back: '' })).status).toBe(409)
  expect((await operator.get('/operations/deliveries?q=nobody')).text).toContain('Nothing found')
})

it('gives the balance person by person as a file', async () => {
  const { issueId } = await sentIssue(world, 'town')
  const coordinator = await signedInBrowser(world, app, 'coordinator')
  const answer = await coordinator.get(`/issues/${issueId}/balance.csv`)
  expect(answer.headers['content-type']).toContain('text/csv')
  expect(answer.headers['content-disposition']).toContain('attachment')
  expect(answer.text.split('\n')).toHaveLength(7)
  expect(answer.text).toContain('r3.town@example.org,1,recipient,rejected,,550,550 mailbox full of stones')
})

describe('mail servers, providers and workers', () => {
  const now = () => world.clock.now()
  const soon = () => new Date(now().getTime() + 60_000)

  it('are shown with how they stand, and are woken', async () => {
    const config = { ...world.config, smtpUrl: 'smtp://mx1.example.org smtp://mx2.example.org?name=second' }
    const here = createApp({ ...world, config })
    const admin = await signedInBrowser(world, here, 'admin')
    const trouble = { rests_until: soon(), stage: 'auth', code: 535, text: '535 wrong password' }
    await world.db
      .insertInto('relay')
      .values({ name: 'second', changed_at: now(), ...trouble })
      .execute()
    const provider = {
      name: 'gmail',
      rate_per_hour: null,
      rests_until: soon(),
      connections: 1,
      widens_at: soon(),
    }
    await world.db
      .insertInto('provider')
      .values({ ...provider, reason: '421 too fast' })
      .execute()
    const page = (await admin.get('/operations')).text
    expect(page).toContain('mx1.example.org')
    expect(page).toContain('auth: 535 wrong password')
    expect(page).toContain('421 too fast')
    expect((await admin.post('/operations/relays/waking', { name: 'second' })).status).toBe(303)
    expect((await admin.post('/operations/relays/waking', { name: 'second' })).status).toBe(409)
    expect((await admin.post('/operations/providers/waking', { name: 'gmail' })).status).toBe(303)
    const later = (await admin.get('/operations')).text
    expect(later).toContain('being tried again')
    expect(later).toContain('recovers: 1 connection')
    const actions = await world.db.selectFrom('audit_entry').select('action').orderBy('action').execute()
    expect(actions.map(({ action }) => action)).toEqual(['wake-provider', 'wake-relay'])
  })

  it('are not woken by those who compose', async () => {
    const coordinator = await signedInBrowser(world, app, 'coordinator')
    expect((await coordinator.post('/operations/relays/waking', { name: 'x' })).status).toBe(403)
    expect((await coordinator.post('/operations/providers/waking', { name: 'x' })).status).toBe(403)
  })

  it('tells a worker that is silent from one that lives, and forgets the dead', async () => {
    const ago = (seconds: number) => new Date(now().getTime() - 1000 * seconds)
    const worker = (id: number, host: string, seconds: number) => ({
      id: `00000000-0000-7000-8000-00000000000${id}`,
      host,
      started_at: ago(900),
      seen_at: ago(seconds),
    })
    await world.db
      .insertInto('worker')
      .values([worker(1, 'alpha', 1), worker(2, 'beta', 30), worker(3, 'gamma', 90)])
      .execute()
    const page = (await operator.get('/operations')).text
    expect(page).toMatch(/alpha[\s\S]*alive[\s\S]*beta[\s\S]*silent/)
    expect(page).not.toContain('gamma')
  })
})
