import type { Express } from 'express'
import request from 'supertest'
import { captureMail } from '../../../src/capture-mail.js'
import { parseCaptureRules } from '../../../src/capture-rules.js'
import { composeMail } from '../../../src/smtp/nodemailer-mailer.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let coordinator: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  coordinator = await signedInBrowser(world, app, 'coordinator')
})
afterEach(() => world.close())

async function captured(to: string, subject = 'Grüße aus Turku', issueId: string | null = null) {
  world.clock.advance(1000)
  const message = await composeMail({
    from: { name: 'Makers', address: 'news@makers.example' },
    to: { name: '', address: to },
    subject,
    html: `<p>Dear <b>${to}</b></p><script>alert(1)</script>`,
    text: `Dear ${to}`,
    messageId: `<${Math.random()}@makers.example>`,
    date: world.clock.now(),
    headers: { 'List-Unsubscribe': '<https://news.example.org/u/x>' },
    envelope: { from: 'news@makers.example', to },
  })
  await captureMail(world, { issueId, recipient: to, message })
  const { id } = await world.db
    .selectFrom('captured_mail')
    .select('id')
    .where('recipient', '=', to)
    .executeTakeFirstOrThrow()
  return id
}

it('is for whoever has an account, whatever the role', async () => {
  expect((await request(app).get('/captured')).headers['location']).toContain('/sign-in')
  for (const role of ['operator', 'admin'] as const)
    expect((await (await signedInBrowser(world, app, role)).get('/captured')).status).toBe(200)
})

it('lists what was recorded, the latest first, in pages', async () => {
  const { listId } = await listWithReaders(world, 'town', 1)
  const { issueId } = await completeDraft(world, [listId])
  for (let number = 1; number <= 52; number++)
    await captured(`r${number}@example.org`, `Mail ${number}`, issueId)
  const first = (await coordinator.get('/captured')).text
  expect(first).toContain('52 mails in all')
  expect(first).toContain('Spring issue')
  expect(first.indexOf('to r52@example.org')).toBeLessThan(first.indexOf('to r51@example.org'))
  expect(first).not.toContain('to r2@example.org')
  const [, before] = /\/captured\?before&#x3D;([0-9a-f-]{36})/.exec(first) ?? []
  const second = (await coordinator.get(`/captured?before=${before}`)).text
  expect(second).toContain('to r2@example.org')
  expect(second).not.toContain('to r3@example.org')
}, 60_000)

it('finds by a part of the address or of the subject as people read it', async () => {
  await captured('ada@example.org')
  await captured('mart@example.org', '100 % wool')
  const find = async (q: string) => (await coordinator.get(`/captured?q=${encodeURIComponent(q)}`)).text
  expect(await find('ada@')).toContain('Grüße aus Turku')
  expect(await find('grüße')).toContain('to ada@example.org')
  expect(await find('grüße')).not.toContain('mart@')
  expect(await find('0 % w')).toContain('to mart@example.org')
  expect(await find('nobody')).toContain('Nothing found')
})

it('shows one mail: its HTML in a frame where nothing runs, its text and its headers', async () => {
  const id = await captured('ada@example.org')
  const page = (await coordinator.get(`/captured/${id}`)).text
  expect(page).toContain('Grüße aus Turku')
  expect(page).toMatch(/<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  expect((await coordinator.get(`/captured/${id}?view=text`)).text).toContain('Dear ada@example.org')
  const headers = (await coordinator.get(`/captured/${id}?view=headers`)).text
  expect(headers).toContain('List-Unsubscribe')
  const body = await coordinator.get(`/captured/${id}/body`)
  expect(body.headers['content-security-policy']).toContain("default-src 'none'")
  expect(body.headers['content-security-policy']).toContain('sandbox')
  expect(body.text).toContain('<b>ada@example.org</b>')
  const file = await coordinator.get(`/captured/${id}/message.eml`)
  expect(file.headers['content-disposition']).toContain('attachment')
  expect((await coordinator.get('/captured/00000000-0000-7000-8000-000000000001')).status).toBe(404)
  expect((await coordinator.get('/captured/nonsense')).status).toBe(404)
})

it('is emptied, and that is noted', async () => {
  await captured('ada@example.org')
  const forged = await request(app).post('/captured/emptying').set('Cookie', coordinator.cookie)
  expect(forged.status).toBe(403)
  expect((await coordinator.post('/captured/emptying')).headers['location']).toBe('/captured?notice=emptied')
  expect(await world.db.selectFrom('captured_mail').selectAll().execute()).toEqual([])
  const audit = await world.db.selectFrom('audit_entry').select(['action', 'detail', 'account_id']).execute()
  expect(audit).toEqual([{ action: 'empty-captured', detail: '1 mails', account_id: coordinator.accountId }])
})

it('is linked from every page while mail is captured, and from Operations while some is there', async () => {
  const operator = await signedInBrowser(world, app, 'operator')
  expect((await coordinator.get('/')).text).not.toContain('/captured')
  expect((await operator.get('/operations')).text).not.toContain('/captured')
  await captured('ada@example.org')
  expect((await operator.get('/operations')).text).toContain('1 mail was recorded instead of sent')
  const capturing = createApp({
    ...world,
    config: { ...world.config, capture: parseCaptureRules('@gmail.com') },
  })
  const there = await signedInBrowser(world, capturing, 'coordinator')
  expect((await there.get('/')).text).toContain('href="/captured"')
  expect((await request(capturing).get('/sign-in')).text).not.toContain('href="/captured"')
})
