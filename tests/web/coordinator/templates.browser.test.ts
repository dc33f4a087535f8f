import type { Browser, Page } from 'playwright-core'
import { createIssue } from '../../../src/issues/create-issue.js'
import { archiveTemplate } from '../../../src/templates/archive-template.js'
import { createTemplate } from '../../../src/templates/create-template.js'
import { copyOfDesign, EMPTY_FRAME } from '../../../src/templates/starting-source.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser

const create = (name: string, source = EMPTY_FRAME) =>
  createTemplate(site.world, { name, source, format: 'mjml', base: 'project' }, null)
const row = (id: string) =>
  site.world.db.selectFrom('template').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const frame = (page: Page) => page.frameLocator('iframe[data-preview-frame]')
const code = (page: Page) => page.getByRole('textbox', { name: 'MJML' })

async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(`/templates/${id}`)
  await page.locator('.cm-content').waitFor()
  await frame(page).getByText('Robin Sample').first().waitFor()
}

/** Puts the cursor at the end of the line that holds some words. */
async function clickLine(page: Page, words: string): Promise<void> {
  await page.locator('.cm-line', { hasText: words }).first().click()
  await page.keyboard.press('End')
}

describeInBrowser('templates in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'coordinator', look)
    const page = await context.newPage()
    const id = await create(`In use ${name}`, copyOfDesign('invitation'))
    await createIssue(site.world, { title: 'Spring news', design: id, accountId: null })
    const old = await create(`Out of use ${name}`)
    await archiveTemplate(site.world, old)
    await site.world.db
      .updateTable('template')
      .set({ version: 2, source: EMPTY_FRAME.replace('600px', '640px') })
      .where('id', '=', id)
      .execute()
    const pages = {
      templates: '/templates',
      'template-archived': `/templates/${old}`,
      'template-versions': `/templates/${id}/versions`,
      'template-version': `/templates/${id}/versions/1`,
      'template-import': '/templates/imports',
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await openEditor(page, id)
    await keepPicture(page, `template-editor-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await page.goto('/templates/imports')
    await page
      .getByLabel('Or paste it')
      .fill('<html><body>{{ contact.FIRSTNAME }} *|X:Y|* %NAME%<form></form></body></html>')
    await page.getByRole('button', { name: 'Translate it' }).click()
    await page.frameLocator('iframe[name="import-preview"]').getByText('Robin Sample').first().waitFor()
    await keepPicture(page, `template-import-report-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })

  it('are saved, checked and shown while somebody types, under the policy of the page', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    const refused: string[] = []
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
    const id = await create('Typed')
    await openEditor(page, id)
    await clickLine(page, '<mj-body')
    await page.keyboard.insertText(
      '<mj-section><mj-column><mj-text>Straight from the keys</mj-text></mj-column></mj-section>',
    )
    await frame(page).getByText('Straight from the keys').waitFor()
    expect((await row(id)).source).toContain('Straight from the keys')
    await page.keyboard.insertText('<mj-section colour="red"></mj-section>')
    const problem = page.getByRole('link', { name: /^Line \d+/ })
    await problem.waitFor()
    await page.locator('.cm-lint-marker-error').first().waitFor()
    await page.keyboard.press('Control+Home')
    await problem.click()
    await page.keyboard.insertText('!')
    await expect(page.locator('.cm-activeLine').innerText()).resolves.toContain('!')
    await page.locator('[data-template-state]', { hasText: /^Saved$/ }).waitFor()
    expect(refused).toEqual([])
    await context.close()
  })

  it('complete tags, attributes, slots and merge fields', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    const id = await create('Completed')
    await openEditor(page, id)
    await clickLine(page, '<mj-body')
    await page.keyboard.press('Enter')
    await page.keyboard.type('<mj-sec')
    const offer = page.locator('.cm-tooltip-autocomplete')
    await offer.getByText('mj-section').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.type('tion backg')
    await offer.getByText('background-color').first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.type('round-color="{{tin')
    await offer.getByText('tint', { exact: true }).click()
    await page.locator('.cm-line', { hasText: 'background-color="{{tint}}"' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.type('<mj-column><mj-text><<contact.EM')
    await offer.getByText('contact.EMAIL', { exact: true }).click()
    await page.locator('.cm-line', { hasText: '<<contact.EMAIL>>' }).waitFor()
    await context.close()
  })

  it('are left by Escape and Tab, and kept as a version by Ctrl+S', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    const id = await create('Keys')
    await openEditor(page, id)
    await code(page).focus()
    await page.keyboard.press('Tab')
    await page.locator('[data-template-state]', { hasText: 'Saved' }).waitFor()
    await page.keyboard.press('Control+s')
    await page.locator('[data-template-state]', { hasText: 'Saved as a version' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement?.closest(".code-editor") === null')).toBe(true)
    await context.close()
  })

  it('stop saving when a colleague was quicker, and say so', async () => {
    const [one, other] = [await site.signIn(browser, 'coordinator'), await site.signIn(browser, 'admin')]
    const [hers, his] = [await one.newPage(), await other.newPage()]
    const id = await create('Shared')
    await openEditor(hers, id)
    await openEditor(his, id)
    await clickLine(hers, '<mj-body')
    await hers.keyboard.insertText('<!-- hers -->')
    await hers.locator('[data-template-state]', { hasText: 'Saved' }).waitFor()
    await clickLine(his, '<mj-body')
    await his.keyboard.insertText('<!-- his -->')
    await his
      .locator('[data-template-state]', { hasText: 'Aino the coordinator has changed this template' })
      .waitFor()
    expect(await his.locator('.cm-line', { hasText: 'his' }).count()).toBe(1)
    expect((await row(id)).source).toContain('hers')
    expect((await row(id)).source).not.toContain('his -->')
    await one.close()
    await other.close()
  })

  it('are written without a script too', async () => {
    const context = await site.signIn(browser, 'coordinator', { javaScriptEnabled: false })
    const page = await context.newPage()
    const id = await create('Plain')
    await page.goto(`/templates/${id}`)
    await page
      .getByRole('textbox', { name: 'MJML' })
      .fill(EMPTY_FRAME.replace('{{blocks}}', '{{blocks}}<mj-section>'))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/closes a tag that is not open/).waitFor()
    await page.goto('/templates/imports')
    await page
      .getByLabel('Or paste it')
      .fill('<html><head><title>Old</title></head><body>*|FNAME|*</body></html>')
    await page.getByRole('button', { name: 'Translate it' }).click()
    await page.getByRole('button', { name: 'Light' }).click()
    await page.frameLocator('iframe[name="import-preview"]').getByText('Robin Sample').first().waitFor()
    await page.getByRole('button', { name: 'Keep it as a template' }).click()
    await page.getByText('The template is kept').waitFor()
    await context.close()
  })
})
