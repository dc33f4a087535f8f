import type { Browser } from 'playwright-core'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { fannedOutIssue, sentIssue } from '../../helpers/sent-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let issueId: string

describeInBrowser('the operations page in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    issueId = (await sentIssue(site.world, 'town')).issueId
    await fannedOutIssue(site.world, 'county', 3)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('is accessible and fits: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    const pages = {
      operations: '/operations',
      deliveries: '/operations/deliveries?q=town',
      'deliveries-empty': '/operations/deliveries',
      report: `/issues/${issueId}`,
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
  })

  it('follows what happens without a reload', async () => {
    const context = await site.signIn(browser, 'operator')
    const page = await context.newPage()
    await page.goto('/operations')
    const { issueId: next, batch } = await fannedOutIssue(site.world, 'village', 2)
    await page.locator(`form[action="/operations/issues/${next}/pause"]`).waitFor()
    await sendBatch(site.world, batch)
    await page.locator(`form[action="/operations/issues/${next}/pause"]`).waitFor({ state: 'detached' })
    expect(await page.getByText('2 of 2 people are settled').count()).toBe(1)
    await context.close()
  })
})
