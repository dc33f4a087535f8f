import type { Express } from 'express'
import request from 'supertest'
import { createIssue } from '../../../src/issues/create-issue.js'
import { createTemplate } from '../../../src/templates/create-template.js'
import { EMPTY_FRAME } from '../../../src/templates/starting-source.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
let token: string
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
  const session = world.db.selectFrom('session').select('csrf_token')
  token = (await session.where('account_id', '=', browser.accountId).executeTakeFirstOrThrow()).csrf_token
})
afterAll(() => world.close())

const create = (name: string, source = EMPTY_FRAME) =>
  createTemplate(world, { name, source, format: 'mjml', base: 'project' }, browser.accountId)
const row = (id: string) =>
  world.db.selectFrom('template').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** A multipart form as the page sends it, or as its script does. */
function multipart(path: string, fields: Record<string, string>, accept = 'text/html') {
  const form = request(app).post(path).set({ Cookie: browser.cookie, Accept: accept }).field('_csrf', token)
  return Object.entries(fields).reduce((sent, [name, value]) => sent.field(name, value), form)
}

it.each(['partner', 'operator'] as const)('is out of reach of a %s', async (role) => {
  const other = await signedInBrowser(world, app, role)
  const id = await create('Closed')
  for (const path of ['/templates', '/templates/imports', `/templates/${id}`, `/templates/${id}/preview`])
    expect((await other.get(path)).status).toBe(403)
  expect((await other.post('/templates', { name: 'x', from: 'empty' })).status).toBe(403)
  expect((await other.get('/')).text).not.toContain('href="/templates"')
})

it('asks a stranger to sign in and refuses a form of another site', async () => {
  expect((await request(app).get('/templates')).status).toBe(303)
  const id = await create('Guarded')
  const forged = request(app).post(`/templates/${id}`).set('Cookie', browser.cookie)
  expect((await forged.field('name', 'x').field('source', 'x').field('version', '1')).status).toBe(403)
})

it.each(['project', 'digest', 'invitation', 'letter', 'empty'])('starts one from %s', async (from) => {
  const answer = await browser.post('/templates', { name: `From ${from}`, from })
  expect(answer.status).toBe(303)
  const page = await browser.get(String(answer.headers['location']))
  expect(page.text).toContain('This template works')
  expect((await browser.get('/templates')).text).toContain(`From ${from}`)
})

it('says what is wrong with a new one', async () => {
  const nameless = await browser.post('/templates', { name: ' ', from: 'empty' })
  expect([nameless.status, nameless.text.includes('Give the template a name.')]).toEqual([422, true])
  expect((await browser.post('/templates', { name: 'x', from: 'elsewhere' })).status).toBe(422)
})

it('saves a form, keeps what was typed when it is refused, and loses nothing to a colleague', async () => {
  const id = await create('Saved')
  const source = EMPTY_FRAME.replace('600px', '640px').replaceAll('\n', '\r\n')
  const saved = await multipart(`/templates/${id}`, { version: '1', name: 'Renamed', source })
  expect([saved.status, saved.headers['location']]).toEqual([303, `/templates/${id}?notice=saved`])
  expect(await row(id)).toMatchObject({
    name: 'Renamed',
    source: source.replaceAll('\r\n', '\n'),
    version: 2,
  })
  const late = await multipart(`/templates/${id}`, { version: '1', name: 'Late', source: '<mjml>late' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('has changed this template since you opened it')
  expect(late.text).toContain('&lt;mjml&gt;late')
  expect((await row(id)).version).toBe(2)
  const nameless = await multipart(`/templates/${id}`, { version: '2', name: '', source: 'kept words' })
  expect([nameless.status, nameless.text.includes('kept words')]).toEqual([422, true])
  const huge = await multipart(`/templates/${id}`, { version: '2', name: 'x', source: 'x'.repeat(950_000) })
  expect([huge.status, huge.text.includes('at most 300,000 characters')]).toEqual([422, true])
})

it('answers its script with the version and what is wrong, line by line', async () => {
  const id = await create('Typed')
  const source = EMPTY_FRAME.replace('{{blocks}}', '{{blocks}}\n<mj-section colour="red"></mj-section>')
  const json = 'application/json'
  const saved = await multipart(`/templates/${id}`, { version: '1', name: 'Typed', source }, json)
  expect(saved.body).toMatchObject({ version: 2, name: 'Typed', isUsable: true, errorCount: 1 })
  const line = source.split('\n').findIndex((each) => each.includes('colour')) + 1
  expect(saved.body.problems[0]).toMatchObject({ isError: true, line })
  expect(saved.body.html).toContain(`data-go-to-line="${line}"`)
  const late = await multipart(`/templates/${id}`, { version: '1', name: 'x', source: 'x' }, json)
  expect([late.status, typeof late.body.conflict]).toEqual([409, 'string'])
  const nameless = await multipart(`/templates/${id}`, { version: '2', name: '', source: 'x' }, json)
  expect([nameless.status, nameless.body.errors]).toEqual([422, { name: 'Give the template a name.' }])
})

it('shows a mail in it in a frame where nothing can run', async () => {
  const id = await create('Shown')
  const answer = await browser.get(`/templates/${id}/preview?look=dark`)
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  expect(answer.headers['content-security-policy']).toContain('sandbox')
  expect(answer.text).toContain('Robin Sample')
  expect((await browser.get('/templates/designs/letter/preview')).text).toContain('Robin Sample')
  expect((await browser.get('/templates/designs/none/preview')).status).toBe(404)
})

it('tells the editor what can be completed', async () => {
  const { body } = await browser.get('/templates/vocabulary')
  expect(body.tags['mj-section'].children).toContain('mj-column')
  expect(body.tags['mj-section'].attrs['full-width']).toContain('full-width')
  expect(body.tags['mj-attributes'].children).toContain('mj-text')
  expect(body.slots).toContain('light.paper')
  expect(body.fields).toContain('contact.EMAIL')
})

it('shows earlier versions, what has changed since, and brings one back', async () => {
  const id = await create('Versions')
  const source = EMPTY_FRAME.replace('600px', '640px')
  await multipart(`/templates/${id}`, { version: '1', name: 'Versions', source })
  const list = await browser.get(`/templates/${id}/versions`)
  expect(list.text).toContain('Version 1')
  const page = await browser.get(`/templates/${id}/versions/1`)
  expect(page.text).toContain(
    'removed: </span>  &lt;mj-body background-color&#x3D;&quot;{{light.canvas}}&quot; width&#x3D;&quot;600px&quot;',
  )
  expect(page.text).toContain('lines the same')
  expect((await browser.get(`/templates/${id}/versions/9`)).status).toBe(404)
  expect((await browser.post(`/templates/${id}/versions/1/restoration`, { version: 1 })).status).toBe(409)
  expect((await browser.post(`/templates/${id}/versions/1/restoration`, { version: 2 })).status).toBe(303)
  expect((await row(id)).source).toBe(EMPTY_FRAME)
})

it('copies, archives, brings back and deletes, but not while an issue has it', async () => {
  const id = await create('Cared for')
  const copied = await browser.post(`/templates/${id}/copies`)
  expect((await browser.get(String(copied.headers['location']))).text).toContain('Cared for (copy)')
  const issueId = await createIssue(world, { title: 'An issue', design: id, accountId: browser.accountId })
  const refused = await browser.post(`/templates/${id}/removal`)
  expect([refused.status, refused.text.includes('has this template')]).toEqual([409, true])
  expect((await browser.post(`/templates/${id}/archiving`)).status).toBe(303)
  expect((await browser.get(`/templates/${id}`)).text).toContain('This template is archived')
  expect((await browser.get('/templates')).text).toContain('In the archive')
  expect((await browser.post(`/templates/${id}/return`)).status).toBe(303)
  await world.db.deleteFrom('issue').where('id', '=', issueId).execute()
  expect((await browser.post(`/templates/${id}/removal`)).status).toBe(303)
  expect((await browser.get(`/templates/${id}`)).status).toBe(404)
})

describe('an import', () => {
  const FOREIGN =
    '<html><head><title>Our May news</title></head><body><p>Dear {{ contact.firstname | default : "friend" }}, %FIRSTNAME%</p><script>x</script><a href="{{ unsubscribe }}">out</a></body></html>'

  it('says what became of a pasted template, shows it, and keeps it', async () => {
    const report = await multipart('/templates/imports', { source: FOREIGN })
    expect(report.status).toBe(200)
    for (const words of [
      'look like those of brevo',
      'value="Our May news"',
      '%FIRSTNAME%',
      'Taken out',
      '{{blocks}}',
    ])
      expect(report.text).toContain(words)
    const source = '<html lang="en"><body><p>Dear <<contact.EMAIL>></p>{{blocks}}</body></html>'
    const shown = await multipart('/templates/imports/preview', { format: 'html', source, look: 'light' })
    expect(shown.headers['content-security-policy']).toContain('sandbox')
    expect(shown.text).toContain('Dear reader@example.org')
    expect(shown.text).toContain('Robin Sample')
    const kept = await multipart('/templates/imports/saved', { format: 'html', source, name: 'May' })
    const id = /templates\/([0-9a-f-]+)/.exec(String(kept.headers['location']))?.[1] ?? ''
    expect(await row(id)).toMatchObject({ name: 'May', format: 'html', source })
    const nameless = await multipart('/templates/imports/saved', { format: 'html', source, name: '' })
    expect([nameless.status, nameless.text.includes('Give the template a name.')]).toEqual([422, true])
  })

  it('takes a file in its own encoding', async () => {
    const latin = Buffer.from(
      '<html><meta charset="iso-8859-1"><body>Gr\u00fc\u00dfe *|FNAME|*</body></html>',
      'latin1',
    )
    const report = await multipart('/templates/imports', {}).attach('file', latin, 'May news.html')
    expect(report.text).toContain('Grüße')
    expect(report.text).toContain('value="May news"')
    expect(report.text).toContain('look like those of mailchimp')
  })

  it.each([
    ['nothing', '', 'Paste a template'],
    ['plain words', 'Dear all, this is no template', 'not one tag'],
    ['a working file', '{"body": {"rows": []}}', 'This is JSON'],
    ['a whole mail', 'From: a@example.org\nSubject: x\n\n<html></html>', 'whole e-mail'],
    ['too much', `<p>${'x'.repeat(300_001)}`, 'at most 300,000 characters; this has 300,004'],
    ['far too much', `<p>${'x'.repeat(1_000_000)}`, 'this is more'],
  ])('refuses %s in words', async (_, source, words) => {
    const answer = await multipart('/templates/imports', { source })
    expect([answer.status, answer.text.includes(words)]).toEqual([422, true])
  })

  it.each([
    ['a ZIP file', Buffer.from('PK\u0003\u0004xxxx', 'latin1'), 'This is a ZIP file'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'This is a picture'],
    ['bytes', Buffer.from([60, 97, 0, 1, 2, 3]), 'no text'],
    ['a huge file', Buffer.alloc(1_000_000, 'x'), 'this is more'],
  ])('refuses %s in words', async (_, bytes, words) => {
    const answer = await multipart('/templates/imports', {}).attach('file', bytes, 'x.html')
    expect([answer.status, answer.text.includes(words)]).toEqual([422, true])
  })
})
