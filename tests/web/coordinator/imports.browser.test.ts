import type { Browser } from 'playwright-core'
import { createList } from '../../../src/audience/create-list.js'
import { runImport } from '../../../src/audience/import/run-import.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser

const FILE = {
  name: 'members.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Email Address,First Name,Town,OPTIN_TIME,CONFIRM_TIME\nada@example.org,Päivi,Turku,,2020-01-02 03:04:05\nno address,Bo,Rauma,,\n',
  ),
}

describeInBrowser('importing subscribers in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    await createList(site.world, { name: 'Readers' })
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)(
    'goes from the file to what came of it by keyboard, accessible on every page: $name',
    async ({ name, ...look }) => {
      const context = await site.signIn(browser, 'coordinator', look)
      const page = await context.newPage()
      expect(await faultsOf(page, name, { imports: '/subscribers/import' })).toEqual({})
      await page.getByLabel('File').setInputFiles(FILE)
      await page.getByRole('button', { name: 'Upload' }).press('Enter')
      await page.waitForURL(/\/subscribers\/import\/[0-9a-f-]{36}$/)
      await page.getByLabel('Put them on').selectOption({ label: 'Readers' })
      await page.getByLabel('Where did these people agree?').fill('Moved from Mailchimp')
      await page.getByLabel(/^Town/).selectOption({ label: 'City' })
      await keepPicture(page, `import-draft-${name}`)
      expect(await pageFaults(page)).toEqual([])
      const id = page.url().split('/').at(-1) ?? ''
      await page.getByRole('button', { name: 'Try without' }).press('Enter')
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      await keepPicture(page, `import-running-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await runImport(site.world, id)
      // The page loads itself anew when the trial run has ended.
      await page.getByRole('heading', { name: 'What would happen' }).waitFor()
      await keepPicture(page, `import-tried-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Import', exact: true }).press('Enter')
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      await runImport(site.world, id)
      await page.getByRole('link', { name: 'Refused rows' }).waitFor()
      await keepPicture(page, `import-finished-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await context.close()
    },
  )
})
