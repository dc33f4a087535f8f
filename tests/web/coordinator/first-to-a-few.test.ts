import type { Express } from 'express'
import request from 'supertest'
import { fanOutIssue } from '../../../src/delivery/fan-out-issue.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, confirmedReader, listWithReaders } from '../../helpers/sample-issue.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let coordinator: Browser
beforeEach(async () => {
  world = await createWorld()
  await world.db.updateTable('sending_settings').set({ recall_seconds: 0 }).execute()
  app = createApp(world)
  coordinator = await signedInBrowser(world, app, 'coordinator')
})
afterEach(() => world.close())

async function draft(readers = 40) {
  const { listId, readers: ids } = await listWithReaders(world, 'town', readers)
  const team = await listWithReaders(world, 'team', 1)
  const { issueId } = await completeDraft(world, [listId])
  const now = { when: 'now', version: 1 }
  const schedule = (fields: object) =>
    coordinator.post(`/issues/${issueId}/schedule`, { ...now, canary_limit: '5', ...fields })
  return { issueId, listId, teamId: team.listId, readers: ids, schedule }
}
const issueOf = (id: string) =>
  world.db.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

it('goes to everybody at once unless somebody says otherwise', async () => {
  const { issueId, schedule } = await draft(2)
  expect((await coordinator.get(`/issues/${issueId}/schedule`)).text).toMatch(/value="off" checked/)
  await schedule({ canary: 'off' })
  expect(await issueOf(issueId)).toMatchObject({ status: 'sending', canary: null, canary_status: null })
})

it('goes to the people of a list first, says how that goes, and then to the others', async () => {
  const { issueId, teamId, readers, schedule } = await draft(3)
  await world.db
    .insertInto('subscription')
    .values({
      list_id: teamId,
      subscriber_id: readers[0] ?? '',
      status: 'confirmed',
      created_at: world.clock.now(),
    })
    .execute()
  await schedule({ canary: 'list', canary_list: teamId, canary_limit: '2,5' })
  expect((await issueOf(issueId)).canary).toEqual({ listId: teamId, percent: null, limitPercent: 2.5 })
  await fanOutIssue(world, issueId)
  const page = async () => (await coordinator.get(`/issues/${issueId}`)).text
  expect(await page()).toContain('First to the people of “team”')
  expect(await page()).toContain(
    '0 of 1 have been tried, 0 refused. The others follow when at most 2.5 % refuse.',
  )
  await world.db.updateTable('issue').set({ canary_status: 'passed' }).execute()
  await sendBatch(world, { issueId })
  expect(await page()).toContain('The first readers took it')
  await world.db.updateTable('issue').set({ status: 'paused', canary_status: 'failed' }).execute()
  expect(await page()).toContain('The first readers are a warning')
  expect(await page()).not.toContain('It paused itself: The')
})

it('goes to a part of the readers first', async () => {
  const { issueId, schedule } = await draft(40)
  await schedule({ canary: 'percent', canary_percent: '10' })
  expect((await issueOf(issueId)).canary).toEqual({ listId: null, percent: 10, limitPercent: 5 })
  expect((await coordinator.get(`/issues/${issueId}`)).text).toContain('First to 10 % of the readers')
})

it('refuses a canary that could not be one, and keeps what was typed', async () => {
  const { issueId, teamId, schedule } = await draft(40)
  const refusals: [object, string][] = [
    [{ canary: 'list', canary_list: '' }, 'Choose the list that gets it first.'],
    [{ canary: 'list', canary_list: teamId }, 'Nobody on “team” is among the readers of this issue.'],
    [{ canary: 'list', canary_list: issueId }, 'This list is gone.'],
    [{ canary: 'percent', canary_percent: '51' }, 'Between 0.1 and 50 percent.'],
    [{ canary: 'percent', canary_percent: '0.05' }, 'Between 0.1 and 50 percent.'],
    [{ canary: 'percent', canary_percent: 'few' }, 'Between 0.1 and 50 percent.'],
    [{ canary: 'percent', canary_percent: '1' }, 'less than one of 40 readers'],
    [{ canary: 'percent', canary_percent: '10', canary_limit: '101' }, 'Between 0 and 100 percent.'],
  ]
  for (const [fields, sentence] of refusals) {
    const answer = await schedule(fields)
    expect([answer.status, answer.text.includes(sentence), sentence]).toEqual([422, true, sentence])
  }
  const answer = await schedule({ canary: 'percent', canary_percent: 'few' })
  expect(answer.text).toMatch(/value="percent" checked/)
  expect(answer.text).toMatch(/name="canary_percent"[^>]*value="few"/)
  expect((await issueOf(issueId)).status).toBe('draft')
})

it('does not count somebody of the list who gets no mail', async () => {
  const { teamId, listId, schedule } = await draft(3)
  const gone = await confirmedReader(world, teamId, 'gone@example.org')
  await world.db
    .insertInto('subscription')
    .values({ list_id: listId, subscriber_id: gone, status: 'pending', created_at: world.clock.now() })
    .execute()
  await world.db
    .updateTable('subscription')
    .set({ status: 'unsubscribed' })
    .where('subscriber_id', '=', gone)
    .where('list_id', '=', listId)
    .execute()
  expect((await schedule({ canary: 'list', canary_list: teamId })).status).toBe(422)
})

describe('the speed of an issue', () => {
  it('is changed on its page, by those who compose and in Operations', async () => {
    const { issueId, schedule } = await draft(2)
    const operator = await signedInBrowser(world, app, 'operator')
    const change = (rate: string) => coordinator.post(`/issues/${issueId}/speed`, { rate_per_hour: rate })
    expect((await change('100')).status).toBe(409)
    await schedule({ canary: 'off' })
    expect((await change('1,000')).headers['location']).toBe(`/issues/${issueId}?notice=saved`)
    expect((await issueOf(issueId)).rate_per_hour).toBe(1000)
    await world.db.updateTable('sending_settings').set({ rate_per_hour: 500 }).execute()
    const page = (await coordinator.get(`/issues/${issueId}`)).text
    expect(page).toContain('value="1000"')
    expect(page).toContain('does not get faster than that')
    const refused = await change('a lot')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('value="a lot"')
    const there = (rate: string) =>
      operator.post(`/operations/issues/${issueId}/speed`, { rate_per_hour: rate })
    expect((await there('-1')).status).toBe(422)
    expect((await there('')).headers['location']).toBe('/operations?notice=saved')
    expect((await issueOf(issueId)).rate_per_hour).toBeNull()
    expect((await operator.post(`/issues/${issueId}/speed`, { rate_per_hour: '5' })).status).toBe(403)
    expect((await coordinator.post(`/operations/issues/${issueId}/speed`, {})).status).toBe(403)
    const forged = await request(app)
      .post(`/issues/${issueId}/speed`)
      .set('Cookie', coordinator.cookie)
      .type('form')
      .send({ rate_per_hour: '7' })
    expect([forged.status, (await issueOf(issueId)).rate_per_hour]).toEqual([403, null])
  })
})

it('can be taken back while it waits, and says for how long', async () => {
  await world.db.updateTable('sending_settings').set({ recall_seconds: 45 }).execute()
  const { issueId, schedule } = await draft(2)
  expect((await coordinator.get(`/issues/${issueId}/schedule`)).text).toContain(
    'With 45 seconds to take it back',
  )
  await schedule({ canary: 'off' })
  world.clock.advance(5000)
  const page = (await coordinator.get(`/issues/${issueId}`)).text
  expect(page).toContain('data-count-down="40"')
  expect(page).toContain('within 40 seconds')
  expect(page).toContain('Take it back')
  await coordinator.post(`/issues/${issueId}/draft`)
  expect((await issueOf(issueId)).status).toBe('draft')
})

it('says on the schedule page that mail may not leave at this hour', async () => {
  await world.db.updateTable('sending_settings').set({ window_from: '10:00', window_to: '17:00' }).execute()
  const { issueId } = await draft(2)
  const page = (await coordinator.get(`/issues/${issueId}/schedule`)).text
  expect(page).toContain('These are not the hours in which mail may leave')
  expect(page).toContain('2 Mar 2026, 12:00')
})
