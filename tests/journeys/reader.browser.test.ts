import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import PostalMime, { type Email } from 'postal-mime'
import { addressTraces, mentions } from '../../src/address-traces.js'
import { createList } from '../../src/audience/create-list.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { readConfig } from '../../src/config.js'
import { createContext, type OpenContext } from '../../src/context.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { RunningWorkers } from '../../src/queues/job.js'
import { snippet, snippetScript } from '../../src/web/coordinator/forms/snippet.js'
import { startServer } from '../../src/web/server.js'
import { startAllWorkers } from '../../workers/start.js'
import { describeInBrowser, keepPicture, openBrowser } from '../helpers/browser.js'
import { buildAssets } from '../helpers/build-assets.js'
import { databaseDump, filesBelow } from '../helpers/everything-kept.js'
import { freePort } from '../helpers/free-port.js'
import { sampleForm } from '../helpers/sample-form.js'
import { completeDraft } from '../helpers/sample-issue.js'
import { createDatabase } from '../helpers/world.js'

const EMAIL = 'Tuuli.Lintunen+bells@example.org'
const KEY = EMAIL.toLowerCase()

describeInBrowser('the whole life of a reader, on real parts', () => {
  let home: string
  let drop: () => Promise<void>
  let ctx: OpenContext
  let workers: RunningWorkers
  let server: { close(): Promise<void> }
  let elsewhere: { server: Server; url: string }
  let browser: Browser
  let listId: string
  /** Where the snippet is: a window with script, as most people have it. */
  let site: Page
  /** Where links of mails are opened: without script. */
  let plain: BrowserContext

  beforeAll(async () => {
    buildAssets()
    home = await mkdtemp(join(tmpdir(), 'carillon-reader-'))
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
    await ctx.db.updateTable('sending_settings').set({ recall_seconds: 0 }).execute()
    await saveOrganisation(ctx, sampleOrganisation)
    listId = await createList(ctx, { name: 'Town news', description: 'Once a month.' })
    const form = await sampleForm(ctx, 'On our website', { listIds: [listId], languages: ['en', 'fi'] })
    workers = await startAllWorkers(ctx)
    server = await startServer(ctx)
    const { publicUrl } = config
    const script = snippetScript(publicUrl)
    elsewhere = await serve(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><h1>Elsewhere</h1>${snippet(form, { language: 'en', publicUrl })}${script}</html>`,
    )
    browser = await openBrowser()
    site = await browser.newPage()
    plain = await browser.newContext({ javaScriptEnabled: false })
    for (const window of [site.context(), plain]) window.setDefaultTimeout(20_000)
  })
  afterAll(async () => {
    await browser?.close()
    elsewhere?.server.closeAllConnections()
    elsewhere?.server.close()
    await server?.close()
    await workers?.close()
    await ctx?.close()
    await drop?.()
    await rm(home, { recursive: true, force: true })
  })

  const seen = new Set<string>()
  /** The next mail to the reader that nobody has read. */
  async function nextMail(): Promise<Email> {
    const folder = join(home, 'inbox')
    for (;;) {
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter((each) => each.endsWith('.eml') && !seen.has(each)).sort()) {
        seen.add(name)
        const mail = await PostalMime.parse(await readFile(join(folder, name)))
        if (mail.to?.[0]?.address?.toLowerCase() === KEY) return mail
      }
      await site.waitForTimeout(50)
    }
  }
  const linkIn = ({ html = '', text = '' }: Email, path: string) => {
    const found = `${html} ${text}`.match(new RegExp(`${ctx.config.publicUrl}${path}[^"\\s<]+`))
    if (!found) throw new Error(`There is no link to ${path} in “${text}”.`)
    return found[0]
  }
  const standing = async () =>
    (
      await ctx.db
        .selectFrom('subscription')
        .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
        .select('subscription.status')
        .where('email_key', '=', KEY)
        .where('list_id', '=', listId)
        .executeTakeFirst()
    )?.status

  async function signUpElsewhere(): Promise<void> {
    await site.goto(elsewhere.url)
    await site.fill('input[name="email"]', EMAIL)
    await site.click('button[type="submit"]')
    await site.getByText('Please look at your inbox').waitFor()
  }
  async function confirm(button: string): Promise<void> {
    const page = await plain.newPage()
    await page.goto(linkIn(await nextMail(), '/confirmations/'))
    expect(await standing()).not.toBe('confirmed')
    await page.getByRole('button', { name: button }).click()
    await page.waitForLoadState()
    expect(await standing()).toBe('confirmed')
    await page.close()
  }
  async function sendIssue(): Promise<Email> {
    await scheduleIssue(ctx, await completeDraft(ctx, [listId]), null)
    return nextMail()
  }

  let mail: Email

  it('signs up on another site and confirms', async () => {
    await signUpElsewhere()
    await confirm('Yes, subscribe me')
  })

  it('gets an issue', async () => {
    mail = await sendIssue()
    expect(mail.subject).not.toBe('')
    expect(mail.html).toContain('hello.')
  })

  it('chooses in the preference centre, without script', async () => {
    const page = await plain.newPage()
    await page.goto(linkIn(mail, '/p/'))
    expect(await page.content()).not.toContain(KEY)
    await page.selectOption('#language', 'fi')
    await page.fill('[id="field-FIRSTNAME"]', 'Tuuli')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Tallennettu.').waitFor()
    await keepPicture(page, 'reader-preferences')
    await page.close()
    const { fields, language } = await ctx.db
      .selectFrom('subscriber')
      .select(['fields', 'language'])
      .where('email_key', '=', KEY)
      .executeTakeFirstOrThrow()
    expect({ fields, language }).toMatchObject({ language: 'fi', fields: { FIRSTNAME: 'Tuuli' } })
  })

  it('leaves with one click of the mail program', async () => {
    const header = mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? ''
    const link = header.match(/<(http[^>]+)>/)?.[1] ?? ''
    const answer = await fetch(link, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(answer.status).toBe(200)
    expect(await standing()).toBe('unsubscribed')
  })

  it('comes back on the other site, and gets issues again', async () => {
    await signUpElsewhere()
    // They read Finnish by now.
    await confirm('Kyllä, tilaan')
    mail = await sendIssue()
    expect(mail.text).toContain('Dear Tuuli, hello.')
  })

  it('has everything erased: the database and the disk know nothing of the address', async () => {
    const whole = async () => Buffer.concat([await databaseDump(ctx.db), await filesBelow(home)])
    const traces = [EMAIL, KEY, 'lintunen'].map((needle) => addressTraces([needle]))
    const before = await whole()
    expect(traces.every((trace) => mentions(before, trace))).toBe(true)
    const page = await plain.newPage()
    await page.goto(linkIn(mail, '/p/'))
    await page.getByRole('button', { name: /linkki.*Poista minut/ }).click()
    await page.getByText('linkki on matkalla').waitFor()
    await page.goto(linkIn(await nextMail(), '/erasures/'))
    await page.getByRole('button', { name: 'Kyllä, poista minut' }).click()
    await page.getByRole('heading', { name: 'Tietosi on poistettu' }).waitFor()
    await keepPicture(page, 'reader-erased')
    await page.close()
    const after = await whole()
    expect(traces.filter((trace) => mentions(after, trace))).toEqual([])
  })
})

async function serve(page: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}
