import type { Express } from 'express'
import { fanOutIssue } from '../../../src/delivery/fan-out-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
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

async function draft(readers = 2) {
  const { listId } = await listWithReaders(world, 'town', readers)
  const { issueId } = await completeDraft(world, [listId])
  const path = `/issues/${issueId}`
  const later = (sendAt: string, fields: object = {}) =>
    coordinator.post(`${path}/schedule`, { when: 'later', version: 1, canary: 'off', sendAt, ...fields })
  return { issueId, path, later }
}
const issueOf = (id: string) => issueWithBlocks(world, id)

describe('a time', () => {
  it('is meant in the account’s zone, or in any that is chosen', async () => {
    const here = await draft()
    await here.later('2026-03-10T09:00')
    expect(await issueOf(here.issueId)).toMatchObject({
      send_at: new Date('2026-03-10T07:00:00Z'),
      send_zone: 'Europe/Helsinki',
    })
  })

  it('is shown by both clocks', async () => {
    const { issueId, path, later } = await draft()
    expect((await later('2026-03-10T09:00', { zone: 'new york' })).status).toBe(303)
    expect(await issueOf(issueId)).toMatchObject({
      send_at: new Date('2026-03-10T13:00:00Z'),
      send_zone: 'America/New_York',
    })
    const page = (await coordinator.get(path)).text
    expect(page).toContain('10 Mar 2026, 15:00')
    expect(page).toContain('That is 10 Mar 2026, 09:00 in America/New_York.')
  })

  it('is refused where the clocks skip it, and asked about where it comes twice', async () => {
    const { issueId, later } = await draft()
    const skipped = await later('2026-03-29T03:30')
    expect([skipped.status, skipped.text.includes('the clocks go forward over 03:30')]).toEqual([422, true])
    const twice = await later('2026-10-25T03:30')
    expect(twice.status).toBe(422)
    expect(twice.text).toContain('Say which one you mean.')
    expect(twice.text).toContain('The first time, while Europe/Helsinki is at UTC +03:00')
    expect(twice.text).toContain('value="2026-10-25T03:30"')
    await later('2026-10-25T03:30', { which: 'second' })
    expect((await issueOf(issueId)).send_at).toEqual(new Date('2026-10-25T01:30:00Z'))
  })

  it.each([
    [{ sendAt: 'soon' }, 'Choose a day and a time.'],
    [{ sendAt: '2026-03-10T09:00', zone: 'Atlantis' }, 'There is no such time zone.'],
    [{ sendAt: '2026-03-01T09:00' }, 'This time has passed.'],
  ])('is refused as %j', async (fields, sentence) => {
    const { later } = await draft()
    const answer = await later(fields.sendAt, fields)
    expect([answer.status, answer.text.includes(sentence)]).toEqual([422, true])
    expect(answer.text).toMatch(/value="later" checked/)
  })

  it('is explained while it is chosen, without a page around', async () => {
    const { path } = await draft()
    await world.db.updateTable('sending_settings').set({ window_from: '10:00', window_to: '17:00' }).execute()
    const note = async (query: string) => (await coordinator.get(`${path}/schedule/time?${query}`)).text
    const asked = await note('sendAt=2026-03-10T04:00&zone=America/New_York')
    expect(asked).not.toContain('<html')
    expect(asked).toContain('<strong>10 Mar 2026, 10:00</strong>')
    expect(asked).toContain('it begins')
    expect(await note('sendAt=2026-03-29T03:30&zone=Europe/Helsinki')).toContain('such as 04:30')
    expect(await note('sendAt=2026-10-25T03:30&zone=Europe/Helsinki')).toContain('comes twice')
    expect(await note('sendAt=&zone=')).toContain('Choose a day and a time.')
    expect((await coordinator.get(`${path}/schedule`)).text).toContain(
      'Mail may leave every day, 10:00 to 17:00 (UTC).',
    )
  })

  it('can be that of each reader', async () => {
    const { issueId, path, later } = await draft()
    await later('2026-03-10T09:00', { own: 'on' })
    expect(await issueOf(issueId)).toMatchObject({ own_time: '2026-03-10T09:00', status: 'scheduled' })
    expect((await coordinator.get(path)).text).toContain('at 09:00 on 2026-03-10 by their own clock')
    await coordinator.post(`${path}/draft`)
    expect(await issueOf(issueId)).toMatchObject({ own_time: null, status: 'draft' })
    const both = await coordinator.post(`${path}/schedule`, {
      when: 'later',
      version: 2,
      sendAt: '2026-03-10T09:00',
      own: 'on',
      canary: 'percent',
      canary_percent: '50',
      canary_limit: '5',
    })
    expect([both.status, both.text.includes('not both')]).toEqual([422, true])
  })
})

it('notes the planned day of a draft, and offers it as the time', async () => {
  const { issueId, path } = await draft()
  const plan = (planned_on: string) => coordinator.post(`${path}/schedule/plan`, { planned_on })
  expect((await plan('2026-04-06')).status).toBe(303)
  const page = (await coordinator.get(`${path}/schedule`)).text
  expect(page).toContain('value="2026-04-06T09:00"')
  expect(page).toMatch(/value="later" checked/)
  expect((await plan('April')).status).toBe(422)
  await plan('')
  expect((await issueOf(issueId)).planned_on).toBeNull()
  await coordinator.post(`${path}/schedule`, { when: 'now', version: 1 })
  expect((await plan('2026-04-06')).status).toBe(409)
})

describe('several subjects', () => {
  it('are tried on a part, and chosen on the issue’s page', async () => {
    const { issueId, path } = await draft(40)
    const fields = {
      canary: 'subjects',
      subject_b: 'Bee',
      subject_c: '',
      test_percent: '50 %',
      test_hours: '6',
    }
    await coordinator.post(`${path}/schedule`, { when: 'now', version: 1, ...fields })
    expect(await issueOf(issueId)).toMatchObject({
      subject_test: { subjects: ['Bee'], hours: 6 },
      canary: { listId: null, percent: 50, limitPercent: 5 },
      canary_status: 'running',
    })
    await fanOutIssue(world, issueId)
    const page = (await coordinator.get(path)).text
    expect(page).toContain('Trying the subjects on 50 % of the readers')
    expect(page).toContain('Choose B now')
    expect((await coordinator.post(`${path}/subject`, { variant: '1' })).headers['location']).toBe(
      `${path}?notice=subject-chosen`,
    )
    expect(await issueOf(issueId)).toMatchObject({ subject_winner: 1, canary_status: 'passed' })
    const again = await coordinator.post(`${path}/subject`, { variant: '0' })
    expect([again.status, again.text.includes('chosen already')]).toEqual([409, true])
    expect(again.text).not.toContain('Choose B now')
  })

  it.each([
    [{ subject_b: '' }, 'Write the second subject.'],
    [{ test_percent: '51' }, 'Between 1 and 50 percent.'],
    [{ test_hours: '0' }, 'Between 1 and 72 hours.'],
    [{ test_percent: '1' }, 'That is too few of 2 readers'],
  ])('are refused with %j, and what was typed is kept', async (fields, sentence) => {
    const { path } = await draft()
    const good = {
      canary: 'subjects',
      subject_b: 'Bee',
      subject_c: 'Cee',
      test_percent: '50',
      test_hours: '6',
    }
    const answer = await coordinator.post(`${path}/schedule`, {
      when: 'now',
      version: 1,
      ...good,
      ...fields,
    })
    expect([answer.status, answer.text.includes(sentence)]).toEqual([422, true])
    expect(answer.text).toContain('value="Cee"')
    expect(answer.text).toMatch(/value="subjects" checked/)
  })
})

describe('a copy', () => {
  it('has the content, the lists and the look of the issue, and nothing of what became of it', async () => {
    const { issueId, path, later } = await draft()
    await later('2026-03-10T09:00')
    const { headers } = await coordinator.post(`${path}/duplicate`)
    const copyId = /^\/issues\/([0-9a-f-]+)\?notice=duplicated$/.exec(String(headers['location']))?.[1] ?? ''
    const [issue, copy] = [await issueOf(issueId), await issueOf(copyId)]
    expect(copy).toMatchObject({
      title: 'Spring issue (copy)',
      status: 'draft',
      version: 1,
      send_at: null,
      send_zone: null,
      scheduled_balance: null,
      listIds: issue.listIds,
      created_by: coordinator.accountId,
      subject: issue.subject,
      language: issue.language,
    })
    const contentOf = ({ blocks }: typeof issue) => blocks.map(({ kind, content }) => ({ kind, content }))
    expect(contentOf(copy)).toEqual(contentOf(issue))
    expect(copy.blocks.map(({ id }) => id)).not.toEqual(issue.blocks.map(({ id }) => id))
    expect((await coordinator.get('/issues')).text).toContain('Duplicate Spring issue (copy)')
  })

  it('is not for everybody, nor of what is not there', async () => {
    const { path } = await draft()
    const operator = await signedInBrowser(world, app, 'operator')
    expect((await operator.post(`${path}/duplicate`)).status).toBe(403)
    const nothing = '00000000-0000-7000-8000-000000000000'
    expect((await coordinator.post(`/issues/${nothing}/duplicate`)).status).toBe(404)
  })
})
