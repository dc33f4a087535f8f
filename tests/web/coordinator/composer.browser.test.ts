import type { Browser } from 'playwright-core'
import { createSample } from '../../../src/cli/sample/create-sample.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { pageFaults } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let full: string
let empty: string

describeInBrowser('the composer in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    empty = await createIssue(site.world, { title: 'Untitled issue', accountId: null })
    full = (await createSample(site.world, 12)).issueId
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('is accessible and fits: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'coordinator', look)
    const page = await context.newPage()
    const { blocks } = await issueWithBlocks(site.world, full)
    const list = blocks.find(({ kind }) => kind === 'news-list')
    const pages = {
      dashboard: '/',
      issues: '/issues',
      'composer-empty': `/issues/${empty}?edit=details`,
      composer: `/issues/${full}`,
      'composer-list': `/issues/${full}?edit=${list?.id}&view=phone`,
      'composer-adding': `/issues/${full}?add=2&view=text`,
      schedule: `/issues/${full}/schedule`,
    }
    for (const [what, path] of Object.entries(pages)) {
      const answer = await page.goto(path, { waitUntil: 'networkidle' })
      expect({ what, status: answer?.status() }).toEqual({ what, status: 200 })
      await keepPicture(page, `${what}-${name}`)
      expect({ what, faults: await pageFaults(page) }).toEqual({ what, faults: [] })
    }
    await context.close()
  })
})
