import type { Express } from 'express'
import fc from 'fast-check'
import { createIssue } from '../../../src/issues/create-issue.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { createApp } from '../../../src/web/app.js'
import { monthSpan, monthView } from '../../../src/web/coordinator/calendar-view.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let coordinator: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  coordinator = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

/** The cell of a day, as text without tags. */
async function cell(month: string, day: string): Promise<string> {
  const { text } = await coordinator.get(`/calendar?month=${month}`)
  const table = text.slice(text.indexOf('<tbody>'), text.indexOf('</tbody>'))
  const found = table.split('<td').find((part) => part.includes(`<span class="sr-only">${day}</span>`)) ?? ''
  return found
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

it('shows what goes out on the day that it is by one’s own clock', async () => {
  const { listId } = await listWithReaders(world, 'town', 1)
  // In Helsinki this is the next day already.
  await scheduleIssue(world, await completeDraft(world, [listId]), new Date('2026-03-31T21:30:00Z'))
  expect(await cell('2026-04', 'Wednesday 1 April')).toMatch(/scheduled: 00:30 Spring issue/)
  expect(await cell('2026-03', 'Tuesday 31 March')).not.toContain('Spring issue')
})

it('plans a draft on a day', async () => {
  const answer = await coordinator.post('/calendar', { title: 'May letter', day: '2026-05-14' })
  expect(answer.headers['location']).toBe('/calendar?month=2026-05&notice=planned')
  expect(await cell('2026-05', 'Thursday 14 May')).toContain('draft: May letter')
  expect((await coordinator.get('/issues')).text).toContain('planned for 14 May 2026')
  const refused = await coordinator.post('/calendar', { title: '', day: '2026-05-14' })
  expect([refused.status, refused.text.includes('Give the issue a title.')]).toEqual([422, true])
  expect((await coordinator.post('/calendar', { title: 'T', day: '14 May' })).status).toBe(422)
})

it('shows the dates of recurring issues that are still to come, and leads to their plan', async () => {
  const issueId = await createIssue(world, { title: 'Template', accountId: null })
  const plan = {
    title: 'First Monday',
    issue_id: issueId,
    every: 'month',
    nth: '1',
    weekday: '1',
    time_of_day: '09:00',
    time_zone: 'helsinki',
    region: '',
    language: '',
    then: 'draft',
    empty: 'skip',
  }
  expect((await coordinator.post('/digests', plan)).headers['location']).toBe('/digests?notice=saved')
  expect(await cell('2026-04', 'Monday 6 April')).toMatch(/planned: 09:00 First Monday/)
  expect(await cell('2026-03', 'Monday 2 March')).not.toContain('First Monday')
  const list = (await coordinator.get('/digests')).text
  expect(list).toContain('every first Monday of the month at 09:00')
  expect(list).toContain('6 Apr 2026, 09:00')
  const path = /\/digests\/[0-9a-f-]{36}/.exec(list)?.[0] ?? ''
  expect((await coordinator.get(path)).text).toMatch(/value="month" checked/)
  const weekly = { ...plan, every: 'week', weekdays: ['2', '5'], time_of_day: '07:30' }
  await coordinator.post(path, weekly)
  expect((await coordinator.get('/digests')).text).toContain('every Tuesday and Friday at 07:30')
  const refused = await coordinator.post(path, { ...plan, time_zone: 'Atlantis', title: 'Kept' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('There is no such time zone.')
  expect(refused.text).toContain('value="Kept"')
  await coordinator.post(`${path}/rest`)
  expect(await cell('2026-04', 'Tuesday 7 April')).not.toContain('First Monday')
  await coordinator.post(`${path}/work`)
  expect(await cell('2026-04', 'Tuesday 7 April')).toContain('First Monday')
  await coordinator.post(`${path}/removal`)
  expect((await coordinator.get(path)).status).toBe(404)
})

it('is for coordinators, and takes any month that it is asked for or this one', async () => {
  const operator = await signedInBrowser(world, app, 'operator')
  expect((await operator.get('/calendar')).status).toBe(403)
  expect((await operator.get('/digests')).status).toBe(403)
  expect((await coordinator.get('/calendar?month=2026-13')).text).toContain('March 2026')
  expect((await coordinator.get('/calendar?month=2027-01')).text).toContain('January 2027')
})

it('has whole weeks that begin on Monday and hold every day of the month once', () => {
  const months = fc.record({
    year: fc.integer({ min: 2020, max: 2099 }),
    month: fc.integer({ min: 1, max: 12 }),
  })
  fc.assert(
    fc.property(
      months,
      fc.constantFrom('UTC', 'Europe/Helsinki', 'Pacific/Apia'),
      ({ year, month }, zone) => {
        const text = `${year}-${String(month).padStart(2, '0')}`
        const span = monthSpan(text, zone)
        const { weeks } = monthView(span, [], '2026-03-02')
        const days = weeks.flat()
        expect(weeks.every((week) => week.length === 7)).toBe(true)
        expect(new Date(`${days[0]?.date}T00:00Z`).getUTCDay()).toBe(1)
        const own = days.filter(({ isOtherMonth }) => !isOtherMonth)
        expect(own.map(({ number }) => number)).toEqual(own.map((_, index) => index + 1))
        expect(own).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate())
        expect(span.from < span.to).toBe(true)
      },
    ),
  )
})
