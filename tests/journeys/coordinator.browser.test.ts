import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { ensureFirstAdminLink } from '../../src/accounts/ensure-first-admin-link.js'
import { readConfig } from '../../src/config.js'
import { createContext, type OpenContext } from '../../src/context.js'
import type { RunningWorkers } from '../../src/queues/job.js'
import { startServer } from '../../src/web/server.js'
import { startAllWorkers } from '../../workers/start.js'
import { describeInBrowser, keepPicture, openBrowser } from '../helpers/browser.js'
import { buildAssets } from '../helpers/build-assets.js'
import { freePort } from '../helpers/free-port.js'
import { createDatabase } from '../helpers/world.js'

describeInBrowser('somebody new, in a browser, on real parts', () => {
  let home: string
  let drop: () => Promise<void>
  let ctx: OpenContext
  let workers: RunningWorkers
  let server: { close(): Promise<void> }
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    buildAssets()
    home = await mkdtemp(join(tmpdir(), 'carillon-coordinator-'))
    const database = await createDatabase()
    drop = database.drop
    const config = readConfig({
      DATABASE_URL: database.url,
      CARILLON_HOME: home,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      INBOX_PORT: '0',
      INBOX_SMTP_PORT: '0',
      LOG_LEVEL: 'silent',
    })
    ctx = await createContext(config, null)
    workers = await startAllWorkers(ctx)
    server = await startServer(ctx)
    browser = await openBrowser()
    page = await (
      await browser.newContext({ baseURL: config.publicUrl, timezoneId: 'Europe/Helsinki' })
    ).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await workers?.close()
    await ctx?.close()
    await drop?.()
    await rm(home, { recursive: true, force: true })
  })

  const listen = () => {
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text())
    })
  }
  const fill = async (fields: Record<string, string>) => {
    for (const [label, value] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(value)
  }
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  // As somebody who looks: what is pressed next is pressed on what came of it.
  const isClosed = () => page.locator('#outline form[data-autosave]').waitFor({ state: 'detached' })
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click()

  it('makes the first account and says who sends', async () => {
    listen()
    await page.goto((await ensureFirstAdminLink(ctx)) ?? '')
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Helsinki')
    await fill({
      'Your name': 'Aino',
      'E-mail address': 'aino@example.org',
      Password: 'five bells over the bay',
    })
    await press('Make my account')
    await page.getByText('Welcome to Carillon.').waitFor()
    await follow('Say who sends: name, address, funding statement')
    await fill({
      Name: 'Makers’ Quarter',
      Website: 'https://makers.example',
      'Name in the inbox': 'Makers’ Quarter',
      Address: 'news@makers.example',
    })
    await press('Save')
    await page.getByText('Saved.').waitFor()
    await page.goto('/settings/brand')
    await fill({
      'Postal address': 'Harbour Road 7, Galway',
      'Why people get this': 'You asked for our news.',
      'Funding statement': 'Co-funded by the European Union',
    })
    await press('Save')
    await page.getByText('Saved.').waitFor()
  })

  it('makes a list, adds two people and writes a news item', async () => {
    await page.goto('/lists/new')
    await fill({ Name: 'Town news' })
    await press('Save')
    for (const name of ['Ada', 'Mart']) {
      await page.goto('/subscribers/new')
      await fill({ 'E-mail address': `${name}@example.org`, 'First name': name })
      await page.getByLabel('Town news').check()
      await fill({ 'Where did this person agree?': 'Trade fair, 3 March' })
      await press('Add')
      await page.getByText('Saved.').waitFor()
    }
    await page.goto('/news/new')
    await fill({ Title: 'A lathe for everybody', Link: 'https://makers.example/lathe', Region: 'Galway' })
    await page.locator('.rich-text-body').click()
    await page.keyboard.type('Open every Tuesday.')
    await press('Save')
    await page.getByText('Saved.').waitFor()
  })

  it('composes an issue from it and sends herself a test', async () => {
    await page.goto('/issues')
    await press('New issue')
    await fill({ 'Working title': 'May', Subject: 'May for <<contact.FIRSTNAME>>' })
    await page.getByLabel(/Town news/).check()
    await press('Save')
    await page.locator('#edit-details').waitFor()
    await page.getByRole('link', { name: /^Add a block before: Footer/ }).click()
    await page.getByRole('button', { name: /^Lead story/ }).click()
    await page.getByLabel('News item', { exact: true }).selectOption({ label: 'A lathe for everybody' })
    await press('Save')
    await isClosed()
    await page.getByRole('link', { name: /^Text Empty/ }).click()
    await page.locator('.rich-text-body').click()
    await page.keyboard.type('Dear ')
    await page.getByLabel('Insert a merge field').selectOption('contact.FIRSTNAME')
    await page.keyboard.type(', hello.')
    await press('Save')
    await isClosed()
    await page.getByText('Nothing stands in the way').waitFor()
    await page.frameLocator('iframe').getByText('Dear Robin, hello.').waitFor()
    await press('Send test')
    await page.getByText('the mail server took it').waitFor()
    await keepPicture(page, 'journey-composed')
  })

  it('schedules it, watches it go out, and finds what people got', async () => {
    await follow('Check and schedule')
    await press('Schedule anyway for 2 people')
    await page.getByText(/Leaves in \d+ seconds/).waitFor()
    await keepPicture(page, 'journey-recall')
    await press('Take it back')
    await ctx.db.updateTable('sending_settings').set({ recall_seconds: 2 }).execute()
    await follow('Check and schedule')
    await press('Schedule anyway for 2 people')
    await page.getByText('2 of 2 people are settled').waitFor()
    await page.locator('h1 ~ *, h1').first().waitFor()
    await page.getByText('How it went').waitFor()
    await keepPicture(page, 'journey-sent')
    const inbox = join(home, 'inbox')
    const mails = await Promise.all((await readdir(inbox)).map((file) => readFile(join(inbox, file), 'utf8')))
    const subjects = mails.flatMap((mail) => mail.match(/^Subject: .*$/m) ?? []).sort()
    expect(subjects).toEqual([
      'Subject: May for Ada',
      'Subject: May for Mart',
      'Subject: [Test] May for Robin',
    ])
    await page.goto('/operations')
    expect(await page.getByText('Nothing is sent until one starts').count()).toBe(0)
    expect(await page.locator('p:has-text("Workers alive") + p').innerText()).toBe('1')
    await keepPicture(page, 'journey-operations')
    await page.getByLabel('Find a person’s deliveries').fill('mart@')
    await press('Find')
    await page.getByText('accepted', { exact: true }).waitFor()
    expect(await page.getByText('1 attempt').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})
