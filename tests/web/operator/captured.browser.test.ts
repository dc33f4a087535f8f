import type { Browser } from 'playwright-core'
import { captureMail } from '../../../src/capture-mail.js'
import { parseCaptureRules } from '../../../src/capture-rules.js'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { fannedOutIssue } from '../../helpers/sent-issue.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let mailId: string

describeInBrowser('captured mail in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('says what to do while there is none: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'operator', look)
    const page = await context.newPage()
    expect(await faultsOf(page, name, { 'captured-empty': '/captured' })).toEqual({})
    await context.close()
  })

  it.each(LOOKS)('is accessible and fits: $name', async ({ name, ...look }) => {
    const { world } = site
    if (!mailId) {
      const { issueId } = await fannedOutIssue(world, 'town', 6)
      await sendBatch({ ...world, config: { ...world.config, capture: parseCaptureRules('*') } }, { issueId })
      const plain = Buffer.from('From: a@b.example\r\nSubject: Confirm, please\r\n\r\nOnly text.\r\n')
      await captureMail(world, {
        issueId: null,
        recipient: 'someone.with.a.long.name@mail.example.org',
        message: plain,
      })
      const mail = world.db.selectFrom('captured_mail').select('id').where('issue_id', '=', issueId)
      mailId = (await mail.limit(1).executeTakeFirstOrThrow()).id
    }
    const context = await site.signIn(browser, 'admin', look)
    const page = await context.newPage()
    const pages = {
      captured: '/captured',
      'captured-search': '/captured?q=nobody',
      'captured-mail': `/captured/${mailId}`,
      'captured-text': `/captured/${mailId}?view=text`,
      'captured-headers': `/captured/${mailId}?view=headers`,
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await page.goto(`/captured/${mailId}`)
    await page.frameLocator('iframe').getByText('Dear Ada, hello.').waitFor()
    await context.close()
  })
})
