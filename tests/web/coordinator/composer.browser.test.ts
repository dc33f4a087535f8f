import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createSample } from '../../../src/cli/sample/create-sample.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { projectRoot } from '../../../src/project-root.js'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
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

  it.each(LOOKS)(
    'is accessible and fits: $name',
    async ({ name, ...look }) => {
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
      expect(await faultsOf(page, name, pages)).toEqual({})
      await context.close()
    },
    90_000,
  )

  it('is shown in the README as it looks', async () => {
    const context = await site.signIn(browser, 'coordinator', { viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const { blocks } = await issueWithBlocks(site.world, full)
    const lead = blocks.find(({ kind }) => kind === 'lead-story')
    await page.goto(`/issues/${full}?edit=${lead?.id}`)
    await page.evaluate('scrollTo(0, 0)')
    await page.frameLocator('iframe').getByText('Makers’ Quarter').first().waitFor()
    const path = join(projectRoot, 'tests/output/readme-composer.png')
    await page.screenshot({ path })
    expect((await stat(path)).size).toBeGreaterThan(20_000)
    await context.close()
  })

  it('takes a text by keyboard alone, keeps its merge field, and shows it in the preview', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    const { blocks } = await issueWithBlocks(site.world, empty)
    const id = blocks.find(({ kind }) => kind === 'text')?.id
    await page.goto(`/issues/${empty}`)
    await page.locator(`#open-${id}`).focus()
    await page.keyboard.press('Enter')
    const editor = page.locator('.rich-text-body[aria-label="Text"]')
    await editor.focus()
    await page.keyboard.type('Dear ')
    await page.getByLabel('Insert a merge field').selectOption('contact.FIRSTNAME')
    await page.keyboard.type(', ')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('hello')
    expect(await page.getByRole('button', { name: 'Bold' }).getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('Control+b')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.locator(`#open-${id}[aria-expanded]`).waitFor({ state: 'detached' })
    const after = (await issueWithBlocks(site.world, empty)).blocks.find((block) => block.id === id)
    expect(after?.content).toEqual({
      html: '<p>Dear &lt;&lt;contact.FIRSTNAME&gt;&gt;, <strong>hello</strong></p>',
    })
    await page.frameLocator('iframe').getByText('Dear Robin, hello').waitFor()
    await page.locator(`#up-${id}`).focus()
    await page.keyboard.press('Enter')
    await page.locator(`#up-${id}:disabled`).waitFor()
    expect((await issueWithBlocks(site.world, empty)).blocks[0]?.id).toBe(id)
    await context.close()
  })

  it('works without JavaScript', async () => {
    const plain = await createIssue(site.world, { title: 'Plain', accountId: null })
    const context = await site.signIn(browser, 'coordinator', { javaScriptEnabled: false })
    const page = await context.newPage()
    const { blocks } = await issueWithBlocks(site.world, plain)
    const id = blocks.find(({ kind }) => kind === 'text')?.id
    await page.goto(`/issues/${plain}`)
    await page.locator(`#open-${id}`).click()
    await page.getByLabel('Text', { exact: true }).fill('<p>Typed by hand</p>')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Typed by hand').first().waitFor()
    await page.locator(`#add-before-${id}`).click()
    await page.getByRole('button', { name: /^Divider/ }).click()
    expect((await issueWithBlocks(site.world, plain)).blocks.map(({ kind }) => kind)).toEqual([
      'masthead',
      'divider',
      'text',
      'footer',
    ])
    await page.getByRole('link', { name: 'Check and schedule' }).click()
    await page.getByRole('button', { name: /^Schedule/ }).click()
    await page.getByText('Choose at least one list.').waitFor()
    await context.close()
  })

  it('saves by itself what is typed before another block is opened, and undoes it by key', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${empty}?edit=details`)
    await page.getByLabel('Preheader').fill('typed and never sent by a button')
    await page.getByRole('link', { name: 'Close' }).click()
    // The form is closed: only then is the change that was under way over.
    await page.locator('dd', { hasText: 'typed and never sent by a button' }).waitFor()
    const { preheader } = await issueWithBlocks(site.world, empty)
    expect(preheader).toBe('typed and never sent by a button')
    await page.locator('body').press('Control+z')
    await page.locator('dd', { hasText: 'typed and never sent by a button' }).waitFor({ state: 'detached' })
    expect((await issueWithBlocks(site.world, empty)).preheader).toBe('')
    await context.close()
  })

  it('lets its own button follow what is being saved by itself', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${empty}?edit=details`)
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    const sent = page.waitForRequest((request) => request.headers()['accept'] === 'application/json')
    await page.route('**/details', async (route) => {
      const reply = await route.fetch()
      if (route.request().headers()['accept'] === 'application/json') await held
      await route.fulfill({ response: reply })
    })
    await page.getByLabel('Preheader').fill('typed, and then the button')
    await sent
    await page.getByLabel('Working title').fill('By its button')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    answer()
    await page.locator('#edit-details').waitFor()
    expect(await issueWithBlocks(site.world, empty)).toMatchObject({
      title: 'By its button',
      preheader: 'typed, and then the button',
    })
    await context.close()
  })

  it('shows in the preview what is being typed, without a button', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    const { blocks } = await issueWithBlocks(site.world, full)
    const heading = blocks.find(({ kind }) => kind === 'heading')
    await page.goto(`/issues/${full}?edit=${heading?.id}`)
    await page.getByLabel('Heading', { exact: true }).fill('Bells over the harbour')
    await page.frameLocator('iframe[data-preview-frame]').getByText('Bells over the harbour').waitFor()
    await page.locator('[data-save-state]').getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    expect(await page.getByLabel('Heading', { exact: true }).inputValue()).toBe('Bells over the harbour')
    await context.close()
  })

  it('shows both when somebody else was quicker, and keeps what both have typed', async () => {
    const { blocks } = await issueWithBlocks(site.world, full)
    const heading = blocks.find(({ kind }) => kind === 'heading')
    const pages = await Promise.all(
      ['first', 'second'].map(async () => {
        const context = await site.signIn(browser, 'coordinator')
        const page = await context.newPage()
        await page.goto(`/issues/${full}?edit=${heading?.id}`)
        return page
      }),
    )
    const [first, second] = pages
    const field = (page: (typeof pages)[number] | undefined) => page?.getByLabel('Heading', { exact: true })
    await field(first)?.fill('The first was quicker')
    await first?.locator('[data-save-state]').getByText('Saved', { exact: true }).waitFor()
    await field(second)?.fill('The second came late')
    await second?.getByText('Saved meanwhile by somebody else: The first was quicker').waitFor()
    expect(await field(second)?.inputValue()).toBe('The second came late')
    const after = await issueWithBlocks(site.world, full)
    expect(after.blocks.find(({ id }) => id === heading?.id)?.content).toMatchObject({
      text: 'The first was quicker',
    })
    for (const page of pages) await page.context().close()
  })
})
