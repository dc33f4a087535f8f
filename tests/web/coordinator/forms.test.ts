import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { createList } from '../../../src/audience/create-list.js'
import { fields } from '../../../src/audience/fields/fields.js'
import { forms } from '../../../src/audience/forms/forms.js'
import { lists } from '../../../src/audience/lists.js'
import { createLinks } from '../../../src/audience/tokens.js'
import { contrast } from '../../../src/rendering/contrast.js'
import { createApp } from '../../../src/web/app.js'
import { sampleForm } from '../../helpers/sample-form.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterEach(() => world.close())

describe('the builder of forms', () => {
  it('makes a form, shows it as readers will see it, and hands out its HTML', async () => {
    const town = await createList(world, { name: 'Town & county' })
    expect((await browser.get('/forms')).text).toContain('general form')
    expect((await browser.get('/forms/new')).text).toContain('New form')
    const draft = {
      name: 'Website footer',
      lists: town,
      offersChoice: 'all',
      'ask:FIRSTNAME': 'optional',
      'ask:LASTNAME': 'required',
      languages: ['en', 'lt'],
      main: 'lt',
      'lt:title': 'Naujienos <b>',
      'lt:consent': 'Sutinku.',
      'en:consent': 'I agree.',
      redirectUrl: '',
      origins: 'https://www.example.org/\n',
    }
    const preview = await browser.post('/forms/preview', { ...draft, previewed: 'lt' })
    expect(preview.text).toContain('Naujienos &lt;b&gt;')
    expect(preview.text).not.toContain('<html')
    const answer = await browser.post('/forms', draft)
    const path = String(answer.headers['location']).split('?')[0] ?? ''
    const page = (await browser.get(path)).text
    expect(page).toContain('https://news.example.org/f/website-footer')
    expect(page).toContain('&lt;form class&#x3D;&quot;carillon-form&quot;')
    expect(page).toContain('Town &amp;amp; county')
    // Browsers refuse `jörg@…` in a field of this type.
    expect(page).not.toContain('type&#x3D;&quot;email&quot;')
    const shown = await request(app).get('/f/website-footer').set('Accept-Language', 'ja')
    expect(shown.text).toContain('<html lang="lt"')
    expect(shown.text).toContain('name="field:LASTNAME"')
    const [, form] = await forms(world)
    expect(form).toMatchObject({ name: 'Website footer', version: 1, joined: 0 })
    await browser.post(path, { ...draft, name: 'Footer' })
    await browser.post(path, { ...draft, 'lt:consent': 'Sutinku dabar.' })
    expect((await forms(world))[1]).toMatchObject({ slug: 'website-footer', version: 2 })
    await browser.post(`${path}/closing`)
    expect((await browser.get('/forms')).text).toContain('>closed<')
    await browser.post(`${path}/opening`)
    await request(app).get('/f/website-footer').expect(200)
  })

  it('has a look of its own in its page, its HTML and the preview, kept with its version', async () => {
    const lists = await createList(world, { name: 'Town news' })
    const draft = {
      name: 'Fair',
      lists,
      languages: 'en',
      accent: '#ffee00',
      corners: 'square',
      theme: 'dark',
    }
    const preview = (await browser.post('/forms/preview', draft)).text
    expect(preview).toContain('data-theme="carillon-dark"')
    const path = String((await browser.post('/forms', draft)).headers['location']).split('?')[0] ?? ''
    const page = await request(app).get('/f/fair')
    expect(page.text).toContain('<html lang="en" dir="ltr" data-theme="carillon-dark">')
    const sheet =
      /\/f\/look\.css\?[^"]+/
        .exec(page.text)?.[0]
        .replaceAll(/&amp;|&#x3D;/g, (part) => (part === '&amp;' ? '&' : '=')) ?? ''
    expect(preview.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')).toContain(sheet)
    const look = (await request(app).get(sheet)).text
    expect(look).toMatch(
      /\.sign-up\{--color-primary:#ffee00;--color-primary-content:#000000;--radius-field:0;/,
    )
    const built = (await browser.get(path)).text
    expect(built).toContain('.carillon-form[action$&#x3D;&quot;/f/fair&quot;] button')
    await browser.post(path, { ...draft, theme: 'light' })
    expect((await forms(world))[1]).toMatchObject({ version: 2 })
    const light = (await request(app).get('/f/look.css?accent=%23ffee00&theme=light')).text
    const button = /--color-primary:(#\w{6});--color-primary-content:(#\w{6})/.exec(light)
    expect(contrast(button?.[1] ?? '', button?.[2] ?? '')).toBeGreaterThanOrEqual(4.5)
    expect((await browser.post(path, { ...draft, accent: 'red' })).text).toContain('Write a colour such as')
    expect((await request(app).get('/f/look.css?accent=%7D&theme=x&corners=1')).text).toContain('#0f4c5c')
  })

  it('says at its place what is wrong and loses nothing that was typed', async () => {
    const bad = {
      name: ' ',
      languages: 'en',
      redirectUrl: 'http://example.org',
      origins: 'https://a.example/path',
      'en:consent': 'Mine.',
    }
    const answer = await browser.post('/forms', bad)
    expect(answer.status).toBe(422)
    for (const words of ['Give the form a name.', 'starts with https://', 'Write one site a line'])
      expect(answer.text).toContain(words)
    expect(answer.text).toContain('Mine.')
    const none = await browser.post('/forms', { ...bad, name: 'A', redirectUrl: '', origins: '' })
    expect(none.text).toContain('Choose at least one list.')
    const operator = await signedInBrowser(world, app, 'operator')
    expect((await operator.get('/forms')).status).toBe(403)
  })

  it('keeps the general form open, for every public list or for some', async () => {
    const town = await createList(world, { name: 'Town news' })
    await createList(world, { name: 'Other' })
    const [general] = await forms(world)
    const path = `/forms/${general?.id}`
    expect((await browser.post(`${path}/closing`)).status).toBe(409)
    const draft = { name: 'Join', languages: 'en', offersChoice: 'choice', lists: town }
    await browser.post(path, { ...draft, which: 'public' })
    expect((await request(app).get('/join')).text).toContain('Other')
    await browser.post(path, { ...draft, which: 'chosen' })
    expect((await request(app).get('/join')).text).not.toContain('Other')
  })
})

describe('the settings of fields', () => {
  it('say labels and choices in every language, and the usual ones of what comes with the product', async () => {
    const field = { label: 'Branch', type: 'choice', choices: 'Wood\nStone', isOnForms: 'on' }
    const wrong = await browser.post('/settings/fields', { ...field, 'fi:choices': 'Puu' })
    expect([wrong.status, wrong.text.includes('as many choices')]).toEqual([422, true])
    await browser.post('/settings/fields', { ...field, 'fi:label': 'Toimiala', 'fi:choices': 'Puu\r\nKivi' })
    expect((await browser.get('/settings/fields/BRANCH')).text).toMatch(/value="Toimiala".*Puu\nKivi/s)
    const fields = ['FIRSTNAME', 'BRANCH'].map((key) => ({ key, isRequired: false }))
    const listIds = [await createList(world, { name: 'Town news' })]
    await sampleForm(world, 'Fair', { listIds, fields, languages: ['en', 'fi'] })
    const page = (await request(app).get('/f/fair?lang=fi')).text
    for (const words of ['Etunimi', 'Toimiala', '<option value="Stone">Kivi</option>'])
      expect(page).toContain(words)
    expect((await request(app).get('/f/fair?lang=en')).text).toMatch(/First name.*Branch.*>Stone</s)
    expect((await request(app).get('/f/fair.json?lang=fi')).body.fields).toEqual([
      { key: 'FIRSTNAME', label: 'Etunimi', type: 'text', isRequired: false },
      {
        ...{ key: 'BRANCH', label: 'Toimiala', type: 'choice', isRequired: false },
        ...{ choices: ['Wood', 'Stone'], choiceLabels: ['Puu', 'Kivi'] },
      },
    ])
    await browser.post('/settings/fields/FIRSTNAME', { label: 'Given name', type: 'text', isOnForms: 'on' })
    expect((await request(app).get('/f/fair?lang=fi')).text).toContain('Given name')
    const subscriberId = await addSubscriber(world, {
      ...{ email: 'ada@example.org', listIds, note: 'Fair', language: 'fi' },
      fields: { BRANCH: 'Stone' },
    })
    const { PREFERENCES } = createLinks(world.keys, '', { subscriberId, issueId: newId(world.clock.now()) })
    const own = (await request(app).get(PREFERENCES)).text
    expect(own).toMatch(/Toimiala.*<option value="Stone" selected>Kivi</s)
  })

  it('add, change, move, archive and bring back', async () => {
    const field = { label: 'Firm size', type: 'number', isOnForms: 'on' }
    expect((await browser.post('/settings/fields', field)).status).toBe(303)
    expect((await browser.post('/settings/fields', field)).text).toContain('There is a field FIRM_SIZE')
    expect((await browser.post('/settings/fields', { label: '' })).text).toContain('Say what people call it.')
    await browser.post('/settings/fields/FIRM_SIZE/move', { direction: 'up' })
    expect((await fields(world)).at(-2)?.key).toBe('FIRM_SIZE')
    await browser.post('/settings/fields/FIRM_SIZE', {
      label: 'Branch',
      type: 'choice',
      choices: 'Wood\r\nStone',
    })
    expect(await fields(world)).toContainEqual(
      expect.objectContaining({
        key: 'FIRM_SIZE',
        label: 'Branch',
        choices: ['Wood', 'Stone'],
        is_on_forms: false,
      }),
    )
    const asked = await browser.get('/subscribers/new')
    expect(asked.text).toMatch(/<select[^>]+name="field:FIRM_SIZE".*Stone/s)
    await browser.post('/settings/fields/FIRM_SIZE/archive')
    expect((await browser.get('/settings/fields')).text).toContain('In the archive: 1 field')
    expect((await browser.get('/subscribers/new')).text).not.toContain('FIRM_SIZE')
    await browser.post('/settings/fields/FIRM_SIZE/restoration')
    expect((await fields(world)).map(({ key }) => key)).toContain('FIRM_SIZE')
    expect((await browser.get('/settings/fields/NOTHING')).status).toBe(404)
  })
})

it('a list has its language, opt-in and mails', async () => {
  const form = { name: 'Town news', language: 'fi', isPublic: 'on', sendsWelcome: 'on' }
  await browser.post('/lists', { ...form, isConfirmed: 'on' })
  const [list] = await lists(world)
  expect(list).toMatchObject({ language: 'fi', opt_in: 'double', sends_welcome: true, sends_goodbye: false })
  await browser.post(`/lists/${list?.id}`, { ...form, sendsWelcome: '', sendsGoodbye: 'on' })
  expect((await lists(world))[0]).toMatchObject({
    opt_in: 'single',
    sends_welcome: false,
    sends_goodbye: true,
  })
  expect((await browser.get('/lists')).text).toContain('no confirmation by mail')
  expect((await browser.post('/lists', { ...form, language: 'no such' })).status).toBe(422)
})
