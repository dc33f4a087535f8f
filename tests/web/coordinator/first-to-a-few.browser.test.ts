import type { Browser } from 'playwright-core'
import { fanOutIssue } from '../../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let listId: string
let teamId: string
const pages: Record<string, string> = {}

describeInBrowser('an issue that goes to a few first, in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    listId = (await listWithReaders(site.world, 'town', 40)).listId
    teamId = (await listWithReaders(site.world, 'team', 2)).listId
    pages['canary-running'] = await sent({ canary_status: 'running' })
    pages['canary-failed'] = await sent({
      status: 'paused',
      canary_status: 'failed',
      pause_reason: 'The first readers are a warning: 3 of 4 were refused, and 5 % are allowed.',
    })
    pages['scheduled-later'] = await scheduled(24 * 3600)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const draft = () => completeDraft(site.world, [listId, teamId])

  async function scheduled(seconds: number): Promise<string> {
    const { world } = site
    const canary = { listId: null, percent: 10, limitPercent: 5 }
    const sendAt = new Date(world.clock.now().getTime() + 1000 * seconds)
    const { issueId, version } = await draft()
    await scheduleIssue(world, { issueId, version, canary }, sendAt)
    return `/issues/${issueId}`
  }

  async function sent(state: object): Promise<string> {
    const { world } = site
    const { issueId, version } = await draft()
    await scheduleIssue(
      world,
      { issueId, version, canary: { listId: teamId, percent: null, limitPercent: 5 } },
      null,
    )
    await releaseDueIssues(world)
    await fanOutIssue(world, issueId)
    await world.db
      .updateTable('issue')
      .set({ rate_per_hour: 2000, ...state })
      .where('id', '=', issueId)
      .execute()
    return `/issues/${issueId}`
  }

  it.each(LOOKS)('has pages that are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    const { issueId } = await draft()
    const recall = await scheduled(55)
    expect(await faultsOf(page, name, { schedule: `/issues/${issueId}/schedule`, recall, ...pages })).toEqual(
      {},
    )
    await page.goto(`/issues/${issueId}/schedule`)
    await page.getByLabel('First to a part of the readers').check()
    await page.getByLabel('How many').fill('90')
    await page.getByRole('button', { name: /^Schedule (anyway )?for/ }).click()
    await page.getByText('Between 0.1 and 50 percent.').waitFor()
    await keepPicture(page, `schedule-refused-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await page.getByLabel('First to the people of a list').check()
    await page.getByLabel('Which list').selectOption(teamId)
    await keepPicture(page, `schedule-list-${name}`)
    await page.getByRole('button', { name: /^Schedule (anyway )?for/ }).click()
    await page.getByText('First to the people of “team”').waitFor()
    await context.close()
  })

  it('counts down, and can be taken back with one press', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(await scheduled(10))
    const timer = page.getByRole('timer')
    await page.getByText('in 10 seconds').waitFor()
    await page.clock.runFor(4000)
    expect(await timer.innerText()).toBe('in 6 seconds')
    await page.clock.runFor(5000)
    expect(await timer.innerText()).toBe('in 1 second')
    await page.clock.runFor(2000)
    expect(await timer.innerText()).toBe('now')
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.locator('#composer').waitFor()
    await context.close()
  })

  it('shows by itself that it has left', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(await scheduled(10))
    await page.getByText(/in \d+ seconds?/).waitFor()
    site.world.clock.advance(11_000)
    await releaseDueIssues(site.world)
    await page.getByRole('heading', { name: 'Progress' }).waitFor()
    expect(await page.getByRole('button', { name: 'Take it back' }).count()).toBe(0)
    await context.close()
  })

  it('says within how many seconds it leaves where no script runs', async () => {
    const context = await site.signIn(browser, 'coordinator', { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(await scheduled(42))
    expect(await page.getByRole('timer').innerText()).toBe('within 42 seconds')
    await page.getByLabel('No more than').fill('1200')
    await page.getByRole('button', { name: 'Change the speed' }).click()
    expect(await page.getByLabel('No more than').inputValue()).toBe('1200')
    await page.getByRole('button', { name: 'Take it back' }).click()
    expect(await page.locator('#composer').count()).toBe(1)
    await context.close()
  })
})
