import type { Browser, BrowserContextOptions } from 'playwright-core'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { paintPictures, sampleDesk } from '../../helpers/sample-desk.js'
import { createAccount } from '../../helpers/sign-in.js'
import { openSite, type Site } from '../../helpers/site.js'
import { openTestSite, type TestSite } from '../../helpers/test-web.js'

let site: Site
let elsewhere: TestSite
let browser: Browser
let desk: Awaited<ReturnType<typeof sampleDesk>>

async function windowOf(role: 'coordinator' | 'partner', look: BrowserContextOptions = {}) {
  const context = await site.signIn(browser, role, look)
  await paintPictures(context)
  return { context, page: await context.newPage() }
}

describeInBrowser('the news desk in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const [office, partner] = [
      await createAccount(site.world, 'coordinator'),
      await createAccount(site.world, 'partner'),
    ]
    desk = await sampleDesk(site.world, { office: office.id, partner: partner.id })
    elsewhere = await openTestSite(site.world.web, 'harbour.example', (_req, res) => {
      res.setHeader('Content-Type', 'text/html; charset=utf-8')
      res.end(`<html lang="en"><head><title>Ten looms for one euro</title>
        <meta property="og:description" content="A closing factory gave its looms away.">
        <meta property="og:image" content="https://pictures.example/looms.jpg"></head></html>`)
    })
  })
  afterAll(async () => {
    await browser?.close()
    await elsewhere?.close()
    await site?.close()
  })

  it.each(LOOKS)('is accessible and fits for the office: $name', async ({ name, ...look }) => {
    const { context, page } = await windowOf('coordinator', look)
    const pages = {
      'desk-office': '/news',
      'desk-filtered': '/news?use=ever&valid=yes',
      'desk-proposals': '/news?status=proposed',
      'desk-rejected': '/news?status=rejected',
      'desk-nothing': '/news?q=zzz',
      'desk-archive': '/news?status=archived',
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await page.goto('/news?status=proposed')
    await page.getByText('Reject …').first().click()
    await keepPicture(page, `desk-rejecting-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })

  it.each(LOOKS)('has forms that are accessible and fit: $name', async ({ name, ...look }) => {
    const { context, page } = await windowOf('coordinator', look)
    const pages = {
      'news-proposal': `/news/${desk.proposal}`,
      'news-past': `/news/${desk.past}`,
      'news-new': '/news/new',
      feeds: '/news/feeds',
      feed: `/news/feeds/${desk.feedId}`,
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
  })

  it.each(LOOKS)('is accessible and fits for a partner: $name', async ({ name, ...look }) => {
    const { context, page } = await windowOf('partner', look)
    const pages = {
      'partner-desk': '/news',
      'partner-new': '/news/new',
      'partner-rejected': `/news/${desk.rejected}`,
      'partner-accepted': `/news/${desk.past}`,
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
  })

  it.each(LOOKS)('fills the form in from a link: $name', async ({ name, ...look }) => {
    const { context, page } = await windowOf('coordinator', look)
    await page.goto('/news')
    await page.getByLabel('Quick add: paste a link').fill(`${elsewhere.origin}/looms`)
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByText('Read from harbour.example').waitFor()
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Ten looms for one euro')
    await keepPicture(page, `quick-add-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await page.goto('/news')
    await page.getByLabel('Quick add: paste a link').fill('https://nowhere.example/')
    await page.getByRole('button', { name: 'Fill in the form' }).click()
    await page.getByText('There is no site at this address.').waitFor()
    await keepPicture(page, `quick-add-failed-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })

  it('searches while somebody types, keeps what they typed, and says what it found', async () => {
    const { context, page } = await windowOf('coordinator')
    await page.goto('/news')
    await page.getByRole('searchbox').pressSequentially('ceramicists young')
    await page.locator('#found', { hasText: '1 news item found' }).waitFor({ state: 'attached' })
    expect(await page.locator('#results li').count()).toBe(1)
    expect(await page.getByRole('searchbox').inputValue()).toBe('ceramicists young')
    await page.waitForURL('**/news?q=ceramicists+young*')
    await context.close()
  })

  it('works without JavaScript: search, tick and accept, reject with a note', async () => {
    const { context, page } = await windowOf('coordinator', { javaScriptEnabled: false })
    await page.goto('/news')
    await page.getByRole('searchbox').fill('young ceramicists')
    await page.getByRole('button', { name: 'Find' }).click()
    expect(await page.locator('#results li').count()).toBe(1)
    await page.goto('/news?status=proposed')
    await page.getByLabel('Tick: Taidetta lainaksi kirjastosta').check()
    await page.getByRole('button', { name: 'Accept what is ticked' }).click()
    await page.getByText('Accepted: it is in the library now.').waitFor()
    await page.getByText('Reject …').first().click()
    await page.getByLabel('Why? Whoever proposed it reads this.').fill('Later, please.')
    await page.getByRole('button', { name: /^Reject\s*: A shared workshop/ }).click()
    await page.getByText('Rejected. Your note stands beside it.').waitFor()
    await page.getByText('No proposal waits').waitFor()
    await keepPicture(page, 'desk-no-proposal')
    await context.close()
  })
})
