import type { Browser } from 'playwright-core'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
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

  it.each(LOOKS)('is accessible and fits when much is wrong: $name', async ({ name, ...look }) => {
    const { db, clock } = site.world
    const now = clock.now()
    const later = new Date(now.getTime() + 600_000)
    const said = '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6'
    const resting = { rests_until: later, stage: 'auth', code: 535, text: said, changed_at: now }
    await db
      .insertInto('relay')
      .values({ name: 'mx1.mail.example.org:587', ...resting })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const reason = '421-4.7.28 Our system has detected an unusual rate of unsolicited mail.'
    const rest = { rate_per_hour: null, rests_until: later, connections: 1, widens_at: later, reason }
    await db
      .insertInto('provider')
      .values([
        { name: 'gmail', ...rest },
        { name: 'yahoo', ...rest, rests_until: null, connections: 4, reason: '' },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const worker = { host: 'sender-1.example.org', started_at: now, seen_at: now }
    await db
      .insertInto('worker')
      .values([
        { id: '00000000-0000-7000-8000-00000000a001', ...worker },
        {
          id: '00000000-0000-7000-8000-00000000a002',
          ...worker,
          seen_at: new Date(now.getTime() - 30_000),
        },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const context = await site.signIn(browser, 'operator', look)
    const page = await context.newPage()
    expect(await faultsOf(page, name, { 'operations-trouble': '/operations' })).toEqual({})
    await page.locator('summary', { hasText: 'Speed' }).first().click()
    await page.getByLabel('No more than').first().fill('fast')
    await page.getByRole('button', { name: 'Change the speed' }).first().click()
    await page.getByText('Write a whole number, or leave it empty for no limit.').waitFor()
    await keepPicture(page, `operations-speed-${name}`)
    expect(await pageFaults(page)).toEqual([])
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
