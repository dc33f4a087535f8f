import type { Browser } from 'playwright-core'
import { fanOutIssue } from '../../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../../src/delivery/release-due-issues.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { DigestForm } from '../../../src/issues/digests/digest-form.js'
import { saveDigest } from '../../../src/issues/digests/save-digest.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let listId: string
const pages: Record<string, string> = { calendar: '/calendar', 'calendar-empty': '/calendar?month=2031-01' }

describeInBrowser('times, the calendar and what recurs, in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const { world } = site
    listId = (await listWithReaders(world, 'town', 40)).listId
    const subjectTest = { subjects: ['A second subject for the spring issue', 'Short'], hours: 4 }
    const canary = { listId: null, percent: 50, limitPercent: 5 }
    const tried = await draft()
    await scheduleIssue(world, { ...tried, canary, subjectTest }, null)
    await releaseDueIssues(world)
    await fanOutIssue(world, tried.issueId)
    pages['subjects'] = `/issues/${tried.issueId}`
    await scheduleIssue(
      world,
      { ...(await draft()), sendZone: 'America/New_York' },
      new Date('2026-03-19T13:00Z'),
    )
    const title = 'A letter with a rather long title about the harbour festival'
    await createIssue(world, { title, accountId: null, plannedOn: '2026-03-19' })
    const template = await draft()
    const plan = {
      title: 'Regional digest',
      issue_id: template.issueId,
      every: 'week',
      weekdays: ['4'],
      time_of_day: '09:00',
      time_zone: 'Europe/Helsinki',
      then: 'draft',
      empty: 'skip',
    }
    const id = await saveDigest(world, DigestForm.parse(plan), { id: null, by: null })
    Object.assign(pages, { digests: '/digests', digest: `/digests/${id}`, 'digest-new': '/digests/new' })
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const draft = () => completeDraft(site.world, [listId])

  it.each(LOOKS)('has pages that are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    const { issueId } = await draft()
    expect(await faultsOf(page, name, { ...pages, issues: '/issues' })).toEqual({})
    await page.goto(`/issues/${issueId}/schedule`)
    await page.getByLabel('At a time').check()
    await page.getByLabel('Day and time').fill('2026-10-25T03:30')
    await page.getByLabel('Day and time').blur()
    await page.getByText('this time comes twice').waitFor()
    await page.getByLabel('Try two or three subjects on a part').check()
    await page.getByLabel('Subject B').fill('Another one')
    expect(await pageFaults(page)).toEqual([])
    await keepPicture(page, `schedule-twice-${name}`)
    await page.getByLabel('Time zone', { exact: true }).fill('America/New_York')
    await page.getByLabel('Time zone', { exact: true }).blur()
    await page.getByText('By your own clock').waitFor()
    await page.getByRole('button', { name: /^Schedule (anyway )?for/ }).click()
    await page.getByText('That is 25 Oct 2026, 03:30 in America/New_York.').waitFor()
    await keepPicture(page, `scheduled-there-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })

  it('is planned from the calendar by keyboard alone', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto('/calendar?month=2026-04')
    await page.getByLabel('Plan an issue on Thursday 9 April').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/day=2026-04-09/)
    await page.getByLabel('Title').focus()
    await page.keyboard.type('Keyboard letter')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Keyboard letter' }).first().waitFor()
    await context.close()
  })
})
