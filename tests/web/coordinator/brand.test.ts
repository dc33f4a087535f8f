import type { Express } from 'express'
import { createIssue } from '../../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { organisation } from '../../../src/issues/organisation.js'
import { removePicture } from '../../../src/pictures/remove-picture.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

const FORM = {
  address: 'Main Street 1',
  reason: 'You asked for it.',
  copyright: '',
  funding_statement: 'Co-funded by the European Union',
  primary_colour: '#123456',
  accent_colour: '#ffd200',
  logo_url: 'https://example.org/logo.png',
  logo_alt: 'Our logo',
  emblem_url: '',
  emblem_alt: '',
  heading_font: 'garamond',
  text_font: 'design',
}

it('keeps what mails look like and what their footer says, and leaves the sender alone', async () => {
  await browser.post('/settings', {
    name: 'Town Hall',
    website: '',
    from_name: 'Town',
    from_email: 'news@example.org',
  })
  expect((await browser.post('/settings/brand', FORM)).status).toBe(303)
  expect(await organisation(world)).toMatchObject({
    ...FORM,
    name: 'Town Hall',
    from_email: 'news@example.org',
  })
  const page = (await browser.get('/settings/brand')).text
  expect(page).toContain('value="#123456"')
  expect(page).toMatch(/<option value="garamond" selected>/)
})

it('says at the field what is wrong and keeps what was typed', async () => {
  const wrong = await browser.post('/settings/brand', {
    ...FORM,
    primary_colour: 'blue',
    logo_alt: '',
    logo_url: 'javascript:alert(1)',
    copyright: '© Town',
    text_font: 'comic',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Use a colour such as #0f4c5c.')
  expect(wrong.text).toContain('Pictures have an address that starts with https:// or http://.')
  expect(wrong.text).toContain('value="© Town"')
  const undescribed = await browser.post('/settings/brand', { ...FORM, logo_alt: '' })
  expect(undescribed.text).toContain('Say what the picture shows')
  expect((await organisation(world)).logo_alt).toBe('Our logo')
})

it('says in words and figures how well the colours read while they are being chosen', async () => {
  const look = (await browser.get('/settings/brand/look?primary_colour=%230f4c5c&accent_colour=%23ffee88'))
    .text
  expect(look).toContain('Reads well')
  expect(look).toMatch(/9\.\d : 1/)
  expect(look).toContain('Too weak')
  expect(look).toMatch(
    /Mails use the nearest shade that reads: <span class="font-mono">#[0-9a-f]{6}<\/span>, 4\.\d : 1/,
  )
  const broken = await browser.get('/settings/brand/look?primary_colour=red')
  expect(broken.status).toBe(200)
  expect(broken.text).toContain('primary_colour&#x3D;%23123456')
})

it('shows a little newsletter in what is typed, in a frame in which nothing runs', async () => {
  const answer = await browser.get(
    '/settings/brand/preview?primary_colour=%23aa0000&preview_design=invitation&preview_look=dark&reason=%3Cscript%3Ealert(1)',
  )
  expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
  expect(answer.text).toContain('#aa0000')
  expect(answer.text).toContain('One thing to do')
  expect(answer.text).not.toContain('<script>')
  expect((await browser.get('/settings/brand/preview?preview_design=gone')).status).toBe(200)
})

it('takes the emblem of the European Union into the library and the footer, and keeps it there', async () => {
  expect((await browser.post('/settings/brand/emblem')).status).toBe(303)
  const saved = await organisation(world)
  expect(saved.emblem_alt).toBe('Emblem of the European Union')
  expect((await browser.post('/settings/brand/emblem')).status).toBe(303)
  expect((await organisation(world)).emblem_url).toBe(saved.emblem_url)
  expect((await browser.get('/settings/brand')).text).toContain('no other emblem is bigger.')
  const issue = await issueWithBlocks(world, await createIssue(world, { title: 'May', accountId: null }))
  expect(issue.blocks.at(-1)?.content).toMatchObject({ emblemUrl: saved.emblem_url })
  const { id } = await world.db.selectFrom('picture').select('id').executeTakeFirstOrThrow()
  await world.db.deleteFrom('issue').execute()
  await expect(removePicture(world, id)).rejects.toThrow('belongs to your brand')
  expect((await browser.get(`/pictures/${id}`)).text).toContain('href="/settings/brand"')
})

it('is for the office only', async () => {
  const operator = await signedInBrowser(world, app, 'operator')
  expect((await operator.get('/settings/brand')).status).toBe(403)
  expect((await operator.post('/settings/brand', FORM)).status).toBe(403)
})

it('starts an issue in the design that was pressed, and offers it among the details', async () => {
  const answer = await browser.post('/issues', { design: 'invitation' })
  const path = String(answer.headers['location'])
  expect((await browser.get(path)).text).toMatch(/name="design" value="invitation" checked/)
  expect((await browser.post('/issues', { design: 'gone' })).status).toBe(422)
  expect((await browser.post('/issues')).status).toBe(303)
})
