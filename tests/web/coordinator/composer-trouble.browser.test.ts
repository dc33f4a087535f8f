import type { Browser, BrowserContext, Page } from 'playwright-core'
import { createSample } from '../../../src/cli/sample/create-sample.js'
import { addLanguage } from '../../../src/issues/add-language.js'
import { discardDraft } from '../../../src/issues/discard-draft.js'
import { duplicateIssue } from '../../../src/issues/duplicate-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { issueTranslations } from '../../../src/issues/issue-translations.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { usedNewsIds } from '../../../src/issues/used-news-ids.js'
import { describeInBrowser, openBrowser } from '../../helpers/browser.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let sample: string

describeInBrowser('trouble in the composer', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    sample = (await createSample(site.world, 4)).issueId
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  /** A copy of the sample issue, in the window of one person. */
  async function open(path = ''): Promise<{ context: BrowserContext; page: Page; id: string }> {
    const id = await duplicateIssue(site.world, { issueId: sample, by: null })
    return { id, ...(await visit(id, path)) }
  }
  async function visit(id: string, path = ''): Promise<{ context: BrowserContext; page: Page }> {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${id}${path}`)
    return { context, page }
  }
  const look = (id: string) => issueWithBlocks(site.world, id)
  const headingOf = async (id: string) => (await look(id)).blocks.find(({ kind }) => kind === 'heading')?.id
  const state = (page: Page) => page.locator('[data-save-state]')
  const saved = (page: Page) => state(page).getByText('Saved', { exact: true }).waitFor()

  it('says at the field what cannot be saved, and takes it away when it can', async () => {
    const { context, page } = await open('?edit=details')
    await page.getByLabel('Sender’s address').fill('ada@')
    const note = page.locator('#from_email-note')
    await note.getByText('Enter one complete e-mail address.').waitFor()
    expect(await page.getByLabel('Sender’s address').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Sender’s address').fill('ada@example.org')
    await saved(page)
    expect(await note.isVisible()).toBe(false)
    expect(await page.getByLabel('Sender’s address').getAttribute('class')).not.toContain('input-error')
    await context.close()
  })

  it('asks nothing while the checks refresh and the library is searched, though a form cannot be saved', async () => {
    const { context, page } = await open('?edit=details')
    let asked = 0
    page.on('dialog', (dialog) => {
      asked++
      void dialog.dismiss()
    })
    await page.getByLabel('Sender’s address').fill('ada@')
    await page.locator('#from_email-note').getByText('Enter one complete').waitFor()
    const refreshed = page.waitForResponse(/\/checks/)
    await page.evaluate("document.querySelector('[data-checks]').dispatchEvent(new Event('refresh'))")
    await refreshed
    const searched = page.waitForResponse(/\/library\?/)
    await page.locator('#library-find').fill('bell')
    await searched
    expect(asked).toBe(0)
    // What would really leave the form asks.
    await page.getByRole('link', { name: 'Close' }).click()
    await expectSoon(() => asked, 1)
    expect(await page.getByLabel('Sender’s address').inputValue()).toBe('ada@')
    await context.close()
  })

  it('saves every form of the page when several are written in within a moment', async () => {
    const { context, page, id } = await open()
    await addLanguage(site.world, { issueId: id, version: (await look(id)).version }, 'fi')
    await page.goto(`/issues/${id}/languages/fi`)
    const heading = await headingOf(id)
    await page.evaluate(`
      const type = (field, words) => { field.value = words; field.dispatchEvent(new Event('input', { bubbles: true })) }
      type(document.querySelector('#words-subject'), 'Aihe')
      type(document.querySelector('[id="${heading}-text"]'), 'Otsikko')
    `)
    await saved(page)
    await expectSoon(() => state(page).textContent(), 'Saved')
    await page.reload()
    expect(await page.locator('#words-subject').inputValue()).toBe('Aihe')
    expect(await page.locator(`[id="${heading}-text"]`).inputValue()).toBe('Otsikko')
    const [fi] = await issueTranslations(site.world, await look(id))
    expect(fi?.subject).toBe('Aihe')
    await context.close()
  })

  it('two people write in different fields and blocks of one draft, and each is saved without a word', async () => {
    const ada = await open('?edit=details')
    const { id } = ada
    const heading = await headingOf(id)
    const ben = await visit(id, '?edit=details')
    const eve = await visit(id, `?edit=${heading}`)
    await ada.page.getByLabel('Subject').fill('By Ada')
    await saved(ada.page)
    await ben.page.getByLabel('Preheader').fill('By Ben')
    await saved(ben.page)
    await eve.page.getByLabel('Heading', { exact: true }).fill('By Eve')
    await saved(eve.page)
    await ben.page.getByLabel('Preheader').fill('By Ben again')
    await expectSoon(async () => (await look(id)).preheader, 'By Ben again')
    // Whose page has not seen the others moves a block all the same.
    await eve.page.locator(`#down-${heading}`).click()
    await expectSoon(
      async () => (await look(id)).blocks.findIndex((block) => block.id === heading),
      1 + (await blocksBefore(id, heading)),
    )
    const after = await look(id)
    expect(after).toMatchObject({ subject: 'By Ada', preheader: 'By Ben again' })
    expect(after.blocks.find((block) => block.id === heading)?.content).toMatchObject({ text: 'By Eve' })
    for (const { context } of [ada, ben, eve]) await context.close()
  }, 60_000)

  it('shows both when two have changed the same field, and overwrites only when it is pressed', async () => {
    const ada = await open('?edit=details')
    const ben = await visit(ada.id, '?edit=details')
    await ada.page.getByLabel('Subject').fill('By Ada')
    await saved(ada.page)
    await ben.page.getByLabel('Subject').fill('By Ben')
    await ben.page.locator('#subject-note').getByText('Saved meanwhile by somebody else: By Ada').waitFor()
    await ben.page.getByLabel('Preheader').fill('and more by Ben')
    expect(await look(ada.id)).toMatchObject({ subject: 'By Ada' })
    expect(await ben.page.getByLabel('Subject').inputValue()).toBe('By Ben')
    await ben.page.getByRole('button', { name: 'Save', exact: true }).click()
    await ben.page.locator('#edit-details').waitFor()
    expect(await look(ada.id)).toMatchObject({ subject: 'By Ben', preheader: 'and more by Ben' })
    for (const { context } of [ada, ben]) await context.close()
  })

  it('shows the issue, and what was typed, when it was scheduled meanwhile', async () => {
    const { context, page, id } = await open('?edit=details')
    await page.getByLabel('Subject').waitFor()
    await scheduleIssue(
      site.world,
      { issueId: id, version: (await look(id)).version },
      new Date(site.world.clock.now().getTime() + 9e8),
    )
    await page.getByLabel('Preheader').fill('late words')
    await state(page).getByText('can no longer be edited').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('can no longer be edited').first().waitFor()
    await page.getByRole('heading', { name: 'What you typed' }).waitFor()
    await page.getByText('late words').waitFor()
    expect(await page.locator('#composer').count()).toBe(0)
    await context.close()
  })

  it('leaves what was typed where it is when the draft was discarded meanwhile, and says so', async () => {
    const { context, page, id } = await open('?edit=details')
    await discardDraft(site.world, { issueId: id, version: (await look(id)).version })
    await page.getByLabel('Preheader').fill('homeless words')
    await state(page).getByText('no longer there').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await state(page).getByText('Not done').waitFor()
    expect(await page.getByLabel('Preheader').inputValue()).toBe('homeless words')
    await context.close()
  })

  it('says when the server is away, and saves what its button could not send', async () => {
    const { context, page, id } = await open('?edit=details')
    await page.route('**/details', (route) => route.abort())
    await page.getByLabel('Preheader').fill('while the server was away')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await state(page)
      .getByText(/connection/)
      .waitFor()
    expect(await page.getByLabel('Preheader').inputValue()).toBe('while the server was away')
    await page.unroute('**/details')
    await saved(page)
    expect((await look(id)).preheader).toBe('while the server was away')
    await context.close()
  })

  it('says when somebody is signed out, and saves when they are signed in anew', async () => {
    const { context, page, id } = await open('?edit=details')
    await context.clearCookies()
    await page.getByLabel('Preheader').fill('typed by a stranger')
    await state(page).getByText('you are signed out').waitFor()
    const again = await site.signIn(browser, 'coordinator')
    await context.addCookies(await again.cookies())
    await saved(page)
    expect((await look(id)).preheader).toBe('typed by a stranger')
    await again.close()
    await context.close()
  })

  it('saves before it leaves for a page that is no part of the composer', async () => {
    const { context, page, id } = await open('?edit=details')
    await page.getByLabel('Preheader').fill('just typed')
    await page.getByRole('link', { name: 'Check and schedule' }).click()
    await page.waitForURL(/\/schedule$/)
    expect((await look(id)).preheader).toBe('just typed')
    await context.close()
  })

  it('keeps what is typed while a change is under way', async () => {
    const { context, page, id } = await open('?edit=details')
    const heading = await headingOf(id)
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route(`**/blocks/${heading}/position`, async (route) => {
      await held
      await route.continue()
    })
    const asked = page.waitForRequest(/\/position$/)
    await page.locator(`#down-${heading}`).click()
    await asked
    await page.getByLabel('Preheader').fill('between two pages')
    answer()
    await expectSoon(async () => (await look(id)).preheader, 'between two pages')
    expect(await page.getByLabel('Preheader').inputValue()).toBe('between two pages')
    await context.close()
  })

  it('takes no other click while what was typed is saved before a click is followed', async () => {
    const { context, page, id } = await open('?edit=details')
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/details', async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel('Preheader').fill('typed before a click')
    await page.locator(`#open-${await headingOf(id)}`).click()
    await page.locator('#composer.htmx-request').waitFor()
    answer()
    await page.locator('#outline [data-block] form[data-autosave]').waitFor()
    expect(await page.locator('#composer.htmx-request').count()).toBe(0)
    expect((await look(id)).preheader).toBe('typed before a click')
    await context.close()
  })

  it('moves a block as often as its keys are pressed, and takes one out for one press however long', async () => {
    const { context, page, id } = await open()
    const before = (await look(id)).blocks.map((block) => block.id)
    const third = before[3] ?? ''
    await page.locator(`#open-${third}`).focus()
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Alt+ArrowUp')
    await expectSoon(async () => (await look(id)).blocks[0]?.id, third)
    await expectSoon(() => page.evaluate('document.activeElement?.id'), `open-${third}`)
    await page.keyboard.down('Delete')
    for (let repeats = 0; repeats < 5; repeats++) await page.keyboard.down('Delete')
    await page.keyboard.up('Delete')
    await page.locator('[data-said]', { hasText: 'Removed. Undo brings it back.' }).waitFor()
    expect((await look(id)).blocks).toHaveLength(before.length - 1)
    await context.close()
  })

  it('keeps the place of who works by keyboard, and says what was done', async () => {
    const { context, page, id } = await open()
    const active = () => page.evaluate('document.activeElement.id')
    await page.locator('#edit-details').focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Working title').waitFor()
    await expectSoon(active, 'title')
    await page.getByRole('button', { name: 'Save', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expectSoon(active, 'edit-details')
    expect(await page.locator('[data-said]').textContent()).toContain('Saved.')
    const second = (await look(id)).blocks[1]?.id
    await page.locator(`#up-${second}`).focus()
    await page.keyboard.press('Enter')
    await expectSoon(active, `down-${second}`)
    await page.locator(`#open-${second}`).focus()
    await page.keyboard.press('Enter')
    await page.locator('#close').focus()
    await page.keyboard.press('Enter')
    await expectSoon(active, `open-${second}`)
    await context.close()
  })

  it('keeps what was typed for a test send through other changes, and how the library stands', async () => {
    const id = await duplicateIssue(site.world, { issueId: sample, by: null })
    const context = await site.signIn(browser, 'coordinator', { viewport: { width: 800, height: 900 } })
    const page = await context.newPage()
    await page.goto(`/issues/${id}`)
    await page.getByLabel('To these addresses').fill('me@example.org')
    await page.locator('[data-open-library]').click()
    await page.locator('#edit-details').click()
    await page.getByLabel('Working title').waitFor()
    expect(await page.getByLabel('To these addresses').inputValue()).toBe('me@example.org')
    expect(await page.locator('[data-open-library]').getAttribute('aria-expanded')).toBe('true')
    await context.close()
  })

  it('asks before another form of a page leaves with what was typed', async () => {
    const [newsId] = usedNewsIds(await look(sample))
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/news/${newsId}`)
    const asked = page.waitForEvent('dialog')
    await page.locator('#title').click()
    await page.locator('#title').fill('Typed and not saved')
    await page.getByText('Add a language').click()
    await page.locator('#translation-title').fill('Otsikko')
    await page.getByRole('button', { name: 'Save translation' }).click({ noWaitAfter: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    expect(await page.locator('#title').inputValue()).toBe('Typed and not saved')
    await context.close()
  })

  async function blocksBefore(id: string, block: string | undefined): Promise<number> {
    const sampled = (await look(sample)).blocks.findIndex(({ kind }) => kind === 'heading')
    expect((await look(id)).blocks.some((one) => one.id === block)).toBe(true)
    return sampled
  }
})

/** Waits until something that the page brings about is so. */
async function expectSoon<T>(read: () => Promise<T> | T, wanted: T): Promise<void> {
  const until = Date.now() + 10_000
  while (Date.now() < until) {
    if ((await read()) === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await read()).toBe(wanted)
}
