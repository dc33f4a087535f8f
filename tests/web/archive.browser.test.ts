import type { Browser } from 'playwright-core'
import { createSample } from '../../src/cli/sample/create-sample.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { publishIssues } from '../../src/issues/archive/publish-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../helpers/browser.js'
import { faultsOf, pageFaults } from '../helpers/check-page.js'
import { publishedIssue } from '../helpers/published-issue.js'
import { listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { said } from '../helpers/sent-issue.js'
import { openSite, type Site } from '../helpers/site.js'

let site: Site
let browser: Browser
let issueId: string
let slug: string

describeInBrowser('issues on the web, in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const { world } = site
    const draft = await createSample(world, 30)
    issueId = draft.issueId
    const addresses = await world.db.selectFrom('subscriber').select('email').execute()
    for (const { email } of addresses.slice(0, 3))
      world.outcomes.set(email, [said('rejected', 550, '550 5.1.1 no such user')])
    world.outcomes.set(addresses[4]?.email ?? '', [said('unknown', null, 'the line went dead')])
    await scheduleIssue(world, draft, null)
    await releaseDueIssues(world)
    await fanOutIssue(world, issueId)
    await sendBatch(world, draft)
    await spread(issueId)
    await publishIssues(world)
    const { listId } = await listWithReaders(world, 'letters', 1)
    for (let number = 1; number <= 23; number++) {
      world.clock.advance(21 * 86_400_000)
      await publishedIssue(world, [listId], {
        title: `Letter ${number}`,
        subject:
          number === 7 ? `Letter ${'verylongword'.repeat(12)}` : `Letter ${number}: what is new in the towns`,
        preheader: 'A short word on what comes next, and where to meet.',
      })
    }
    slug =
      (await world.db.selectFrom('issue').select('slug').where('id', '=', issueId).executeTakeFirstOrThrow())
        .slug ?? ''
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  /** As if it had taken two hours. */
  async function spread(id: string): Promise<void> {
    const rows = await site.world.db
      .selectFrom('delivery')
      .select(['subscriber_id', 'finished_at'])
      .where('issue_id', '=', id)
      .where('status', '!=', 'skipped')
      .execute()
    for (const [number, { subscriber_id, finished_at }] of rows.entries())
      await site.world.db
        .updateTable('delivery')
        .set({
          finished_at: new Date((finished_at ?? new Date()).getTime() + ((number * 37) % 120) * 60_000),
        })
        .where('issue_id', '=', id)
        .where('subscriber_id', '=', subscriber_id)
        .execute()
  }

  it.each(LOOKS)('has pages that are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await browser.newContext({ baseURL: site.url, ...look, javaScriptEnabled: true })
    const page = await context.newPage()
    const pages = {
      'archive-issue': `/archive/${slug}`,
      archive: '/archive',
      'archive-2': '/archive?page=2',
      'archive-list': '/archive?list=letters&year=2026',
      'archive-search': '/archive?q=nothing+like+it',
    }
    // The pages run no script, and their policy would not let axe's in.
    await page.route('**/archive**', async (route) => {
      const answer = await route.fetch()
      const headers = { ...answer.headers() }
      headers['content-security-policy'] = (headers['content-security-policy'] ?? '').replace(
        "default-src 'none'",
        "default-src 'none'; script-src 'unsafe-inline'",
      )
      await route.fulfill({ response: answer, headers })
    })
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
    const office = await site.signIn(browser, 'coordinator', look)
    const report = await office.newPage()
    expect(await faultsOf(report, name, { report: `/issues/${issueId}` })).toEqual({})
    await report.getByText('The numbers, for each').click()
    await report.getByText('Change who may read it').click()
    await keepPicture(report, `report-open-${name}`)
    expect(await pageFaults(report)).toEqual([])
    await office.close()
  })

  it('is read, searched and paged without script and by keyboard', async () => {
    const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/archive')
    await page.getByRole('link', { name: 'Older' }).click()
    await page.getByText('Page 2 of 2').waitFor()
    await page.getByLabel('Search the issues').fill('letter 23')
    await page.keyboard.press('Enter')
    await page.getByText('1 issue with').waitFor()
    await page.getByRole('link', { name: /Letter 23/ }).click()
    await page.getByRole('link', { name: 'All issues' }).click()
    await page.getByRole('heading', { name: 'Past issues' }).waitFor()
    await page.getByRole('link', { name: 'Get it by mail' }).first().click()
    await page.getByLabel('Your e-mail address').waitFor()
    await context.close()
  })

  it('prints its report without navigation and forms', async () => {
    const office = await site.signIn(browser, 'coordinator', {
      viewport: { width: 800, height: 1100 },
      colorScheme: 'dark',
    })
    const page = await office.newPage()
    await page.goto(`/issues/${issueId}`)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    await keepPicture(page, 'report-print')
    for (const hidden of ['nav[aria-label="Main"]', '#test', 'iframe'])
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false])
    expect(await page.getByRole('heading', { name: 'By provider' }).isVisible()).toBe(true)
    await office.close()
  })
})
