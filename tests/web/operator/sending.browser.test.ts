import type { Browser } from 'playwright-core'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser

describeInBrowser('the settings of sending in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('are accessible and fit while nothing is set: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'operator', look)
    const page = await context.newPage()
    expect(await faultsOf(page, name, { 'sending-empty': '/settings/sending' })).toEqual({})
    await context.close()
  })

  it('are set by hand, and what is wrong stands at its field', async () => {
    const context = await site.signIn(browser, 'admin')
    const page = await context.newPage()
    await page.goto('/settings/sending')
    await page.getByLabel('No more than').first().fill('20,000')
    await page.getByLabel('From', { exact: true }).fill('08:00')
    await page.getByLabel('To', { exact: true }).fill('20:00')
    await page.getByLabel('Sun').uncheck()
    await page.getByLabel('Time to take an issue back').fill('200')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Between 0 and 120 seconds.').waitFor()
    expect(await page.getByLabel('Sun').isChecked()).toBe(false)
    await page.getByLabel('Time to take an issue back').fill('20')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByLabel('Set a limit for').selectOption('gmail')
    await page.getByLabel('No more than').nth(1).fill('5000')
    await page.getByRole('button', { name: 'Set the limit' }).click()
    await page.getByText('5,000 an hour').waitFor()
    await page.getByText('Warm up a domain').click()
    await page.getByLabel('Sender domain').fill('news.example.org')
    await page.getByRole('button', { name: 'Warm it up' }).click()
    await page.getByText('day 1 of 14').waitFor()
    await context.close()
  })

  it.each(LOOKS)('are accessible and fit when much is set: $name', async ({ name, ...look }) => {
    const { db, clock } = site.world
    const later = new Date(clock.now().getTime() + 600_000)
    const rest = { rate_per_hour: null, rests_until: later, connections: 1, widens_at: later }
    const reason =
      '421-4.7.28 Our system has detected an unusual rate of unsolicited mail from your IP address.'
    await db
      .insertInto('provider')
      .values([
        { name: 'yahoo', ...rest, reason },
        { name: 'microsoft', ...rest, connections: 3, rests_until: null, reason: '' },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .insertInto('warm_up')
      .values([
        { domain: 'old.example.org', started_on: '2026-01-01', first_day: 500, growth_percent: 50, days: 14 },
        { domain: 'soon.example.org', started_on: '2026-04-01', first_day: 500, growth_percent: 20, days: 5 },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .insertInto('token_bucket')
      .values({ key: 'warm-up news.example.org 2026-03-02', tokens: 180, filled_at: clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    expect(await faultsOf(page, name, { sending: '/settings/sending' })).toEqual({})
    await page.locator('summary', { hasText: 'Change' }).first().click()
    await page.locator('summary', { hasText: 'Warm up another domain' }).click()
    await page.getByLabel('On the first day').last().fill('none')
    await page.getByRole('button', { name: 'Warm it up' }).click()
    await page.getByText('Write a whole number of messages.').waitFor()
    await keepPicture(page, `sending-refused-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })
})
