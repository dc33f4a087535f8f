import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { createList } from '../../../src/audience/create-list.js'
import { createField } from '../../../src/audience/fields/create-field.js'
import type { OpenForm } from '../../../src/audience/forms/find-form.js'
import { saveOrganisation } from '../../../src/issues/organisation.js'
import { FORM_LANGUAGES } from '../../../src/rendering/messages/forms.js'
import { snippet, snippetScript } from '../../../src/web/coordinator/forms/snippet.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { sampleForm } from '../../helpers/sample-form.js'
import { takeSignUps } from '../../helpers/sign-up.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let form: OpenForm
let elsewhere: { server: Server; url: string }

describeInBrowser('sign-up forms in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const { world } = site
    await saveOrganisation(world, { name: 'Bell Project', primary_colour: '#7a1f5c' })
    const town = await createList(world, {
      name: 'Town news',
      description: 'What happens in town, each month.',
    })
    const craft = await createList(world, { name: 'Craft' })
    await createField(world, { label: 'Firm size', type: 'number', isOnForms: true })
    await createField(world, { label: 'Founded', type: 'date', isOnForms: true })
    await createField(world, { label: 'Branch', type: 'choice', choices: 'Wood\nStone', isOnForms: true })
    form = await sampleForm(world, 'Website footer', {
      listIds: [town, craft],
      offersChoice: true,
      asksLanguage: true,
      languages: [...FORM_LANGUAGES],
      fields: ['FIRSTNAME', 'FIRM_SIZE', 'FOUNDED', 'BRANCH'].map((key) => ({
        key,
        isRequired: key === 'BRANCH',
      })),
      texts: { en: { intro: 'Two newsletters from the region.\nAt most one a month each.' } },
    })
    elsewhere = await openElsewhere()
  })
  afterAll(async () => {
    elsewhere?.server.closeAllConnections()
    elsewhere?.server.close()
    await browser?.close()
    await site?.close()
  })

  async function openElsewhere() {
    const script = snippetScript(site.url)
    const code = snippet(form, { language: 'en', publicUrl: site.url })
    const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><h1>Elsewhere</h1>${code}${script}</html>`
    const server = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html; charset=utf-8')
      res.end(page)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  }

  async function fillIn(page: Page, email: string): Promise<void> {
    await page.goto(elsewhere.url)
    await page.fill('input[name="email"]', email)
    await page.fill('input[name="field:FIRM_SIZE"]', '12')
    await page.selectOption('select[name="field:BRANCH"]', 'Wood')
    await page.check('label:has-text("Town news") input')
    await page.click('button[type="submit"]')
  }

  async function standing(email: string) {
    await takeSignUps(site.world)
    return site.world.db
      .selectFrom('confirmation')
      .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
      .select(['confirmation.fields', 'list_ids'])
      .where('email_key', '=', email)
      .execute()
  }

  /** A page whose reader takes some seconds from when its script has asked for work. */
  async function openPatiently(): Promise<Page> {
    const page = await browser.newPage()
    page.on('response', (answer) => {
      if (answer.url().endsWith('.json')) site.world.clock.advance(5000)
    })
    return page
  }

  it('on another site sign up with script, in one go, by work done in the background', async () => {
    const page = await openPatiently()
    await fillIn(page, 'with@example.org')
    await page.waitForURL(`${site.url}/f/website-footer`)
    await page.getByText('Please look at your inbox').waitFor()
    expect(await standing('with@example.org')).toMatchObject([
      { fields: { FIRM_SIZE: '12', BRANCH: 'Wood' }, list_ids: [expect.any(String)] },
    ])
    expect(await page.context().cookies()).toEqual([])
    await page.close()
  })

  it('on another site sign up without script, with one press more', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await fillIn(page, 'without@example.org')
    await page.getByText('One more press').waitFor()
    expect(await standing('without@example.org')).toEqual([])
    site.world.clock.advance(5000)
    await page.click('button[type="submit"]')
    await page.getByText('Please look at your inbox').waitFor()
    expect(await standing('without@example.org')).toMatchObject([
      { fields: { FIRM_SIZE: '12', BRANCH: 'Wood' } },
    ])
    await context.close()
  })

  it('on our own page offer the address that was meant, which one press takes', async () => {
    const page = await openPatiently()
    await page.goto(`${site.url}/f/website-footer?lang=it`)
    await page.fill('input[name="email"]', 'ada@gmial.com')
    await page.selectOption('select[name="field:BRANCH"]', 'Stone')
    await page.check('label:has-text("Craft") input')
    await page.keyboard.press('Enter')
    await page.getByText('Intendevi ada@gmail.com?').waitFor()
    await keepPicture(page, 'form-mistyped')
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Usa ada@gmail.com' }).click()
    await page.getByText('Controlla la tua posta').waitFor()
    expect(await standing('ada@gmail.com')).toHaveLength(1)
    await page.close()
  })

  it.each(LOOKS)('are accessible and fit: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'coordinator', look)
    const page = await context.newPage()
    const pages = {
      'form-page': '/f/website-footer',
      'form-fi': '/f/website-footer?lang=fi',
      join: '/join?lang=hr',
      forms: '/forms',
      'form-new': '/forms/new',
      'form-builder': `/forms/${form.id}`,
      fields: '/settings/fields',
      'field-of': '/settings/fields/BRANCH',
      'list-new': '/lists/new',
      'subscriber-new': '/subscribers/new',
    }
    expect(await faultsOf(page, name, pages)).toEqual({})
    await page.goto('/f/website-footer?lang=ro')
    await page.fill('input[name="email"]', 'nobody')
    await page.fill('input[name="field:FIRM_SIZE"]', 'many')
    await page.click('button[type="submit"]')
    await page.getByText('Alege cel puțin un buletin.').waitFor()
    await keepPicture(page, `form-wrong-${name}`)
    expect(await pageFaults(page)).toEqual([])
    await context.close()
  })

  it('are shown beside the builder while somebody writes', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/forms/${form.id}`)
    await page.fill('input[name="en:title"]', 'Hear the bells')
    await page.locator('#form-preview', { hasText: 'Hear the bells' }).waitFor()
    await page.selectOption('#previewed', 'nl')
    await page.locator('#form-preview', { hasText: 'Akkoord en aanmelden' }).waitFor()
    await context.close()
  })
})
