import type { Browser } from 'playwright-core'
import { sampleOrganisation } from '../../../src/cli/sample/organisation.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { organisation, saveOrganisation } from '../../../src/issues/organisation.js'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser

describeInBrowser('the brand in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    await saveOrganisation(site.world, sampleOrganisation)
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('its pages are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'coordinator', look)
    const page = await context.newPage()
    const issueId = await createIssue(site.world, { title: 'May', design: 'digest', accountId: null })
    const pages = {
      brand: '/settings/brand',
      'settings-sender': '/settings',
      'issues-start': '/issues',
      'details-design': `/issues/${issueId}?edit=details`,
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await context.close()
  })

  it('follows the form while colours, fonts and words are chosen, and saves them', async () => {
    const context = await site.signIn(browser, 'coordinator', { viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto('/settings/brand')
    const look = page.locator('#brand-look')
    await look.getByText('Reads well').first().waitFor()
    await page.getByLabel('Second colour', { exact: true }).fill('#ffee88')
    await look.getByText('Too weak').first().waitFor()
    expect(await page.getByLabel('Pick: Second colour').inputValue()).toBe('#ffee88')
    await page.getByLabel('Headings').selectOption('courier')
    await page.getByLabel('Design of the preview').selectOption('letter')
    const mail = page.frameLocator('[data-brand-frame]')
    await mail.locator('h1[style*="Courier"]').waitFor()
    await page.getByLabel('Postal address').fill('Quay 9, Galway')
    await mail.getByText('Quay 9, Galway').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved.').waitFor()
    expect(await organisation(site.world)).toMatchObject({
      accent_colour: '#ffee88',
      heading_font: 'courier',
      address: 'Quay 9, Galway',
    })
    await context.close()
  })

  it('changes an issue’s design by keyboard in its details, and takes it back', async () => {
    const issueId = await createIssue(site.world, { title: 'May', accountId: null })
    const context = await site.signIn(browser, 'coordinator', { viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(`/issues/${issueId}?edit=details`)
    const design = async () =>
      (await site.world.db.selectFrom('issue').select('design').where('id', '=', issueId).executeTakeFirst())
        ?.design
    await page.getByRole('radio', { name: /^Project newsletter/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-save-state]', { hasText: /^Saved$/ }).waitFor()
    expect(await design()).toBe('digest')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('radio', { name: /^Project newsletter/, checked: true }).waitFor()
    expect(await design()).toBe('project')
    await context.close()
  })
})
