import type { Browser } from 'playwright-core'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { sentIssue } from '../../helpers/sent-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let subscriberId: string

describeInBrowser('the pages about people in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    subscriberId = (await sentIssue(site.world, 'town')).readers[2] ?? ''
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    const pages = {
      subscribers: '/subscribers',
      'subscriber-new': '/subscribers/new',
      subscriber: `/subscribers/${subscriberId}`,
      lists: '/lists',
      'list-new': '/lists/new',
      settings: '/settings',
      me: '/settings/me',
      accounts: '/settings/accounts',
      join: '/join',
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
  })

  it.each(LOOKS)('the door is accessible and fits: $name', async ({ name, ...look }) => {
    const context = await browser.newContext({ baseURL: site.url, ...look })
    const page = await context.newPage()
    await page.goto('/sign-in')
    await keepPicture(page, `sign-in-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })
})
