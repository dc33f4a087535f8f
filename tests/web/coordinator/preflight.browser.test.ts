import type { Browser } from 'playwright-core'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { findOut } from '../../../src/issues/preflight/background/find-out.js'
import { reviseBlock } from '../../../src/issues/revise-block.js'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

const WORDS = `<p>Dear <<contact.CITY>>, we meet tomorrow, on Monday 3 March 2026. <a href="http://nobody.test/gone">Click here</a> or
<a href="https://nobody.test/empty"> </a>.</p>`
let site: Site
let browser: Browser
let issueId: string
let textId: string

describeInBrowser('the checks in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const { listId } = await listWithReaders(site.world, 'harbour', 3)
    issueId = (await completeDraft(site.world, [listId])).issueId
    const sender = {
      from_email: 'news@fivetowns.eu',
      subject: 'Five towns and one market hall by the old harbour with its bells',
    }
    await site.world.db.updateTable('issue').set(sender).where('id', '=', issueId).execute()
    const { blocks } = await issueWithBlocks(site.world, issueId)
    textId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
    const change = { blockId: textId, content: { html: WORDS } }
    await reviseBlock(site.world, { issueId, version: 1 }, change)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it('show by themselves what has been found out meanwhile, and lead to the block', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${issueId}`)
    await page.getByText('Links: being checked …').waitFor()
    await findOut(site.world, issueId)
    await page.getByText('3 people will get it.').waitFor()
    await page.getByText('3 people of 3 have no CITY').first().waitFor()
    await page.getByRole('link', { name: /Go there.*Text, “Click here”/ }).click()
    await page.locator(`#open-${textId}[aria-expanded]`).waitFor()
    await context.close()
  }, 90_000)

  it.each(LOOKS)(
    'are accessible and fit when there is much to say: $name',
    async ({ name, ...look }) => {
      const context = await site.signIn(browser, 'coordinator', look)
      const page = await context.newPage()
      const pages = { 'checks-full': `/issues/${issueId}`, 'checks-schedule': `/issues/${issueId}/schedule` }
      expect(await faultsOf(page, name, pages)).toEqual({})
      await context.close()
    },
    90_000,
  )
})
