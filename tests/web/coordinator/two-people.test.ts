import type { Express } from 'express'
import request from 'supertest'
import { addBlock } from '../../../src/issues/add-block.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let ada: Browser
let ben: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  ada = await signedInBrowser(world, app, 'coordinator')
  ben = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

async function draft() {
  const { listId } = await listWithReaders(world, `list${Math.random().toString(36).slice(2, 8)}`, 2)
  const { issueId } = await completeDraft(world, [listId])
  return { path: `/issues/${issueId}`, issueId }
}
const stateOf = (issueId: string) => issueWithBlocks(world, issueId)

/** What the open form of a page would send: every field as it stands. */
function formIn(page: string, action: string): Record<string, string> {
  const form = page.slice(page.indexOf(`action="${action}"`))
  const inside = form.slice(0, form.indexOf('</form>'))
  const unescaped = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#x3D;', '=')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&')
  const fields: Record<string, string> = {}
  for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    const isOff = /type="(?:checkbox|radio)"/.test(tag) && !/ checked/.test(tag)
    if (name && !isOff) fields[name] = unescaped(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, name, text] of inside.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g))
    if (name) fields[name] = unescaped(text ?? '')
  return fields
}

it('both get their fields saved without script, from pages that were opened at the same time', async () => {
  const { path, issueId } = await draft()
  const page = await ada.get(`${path}?edit=details`)
  const opened = formIn(page.text, `${path}/details`)
  expect((await ada.post(`${path}/details`, { ...opened, subject: 'By Ada' })).status).toBe(303)
  expect((await ben.post(`${path}/details`, { ...opened, preheader: 'By Ben' })).status).toBe(303)
  expect(await stateOf(issueId)).toMatchObject({ subject: 'By Ada', preheader: 'By Ben' })
})

it('the same field from both is shown twice, and the one that was late stands only when it is saved again', async () => {
  const { path, issueId } = await draft()
  const opened = formIn((await ada.get(`${path}?edit=details`)).text, `${path}/details`)
  await ada.post(`${path}/details`, { ...opened, subject: 'By Ada', preheader: 'Hers' })
  const clash = await ben.post(`${path}/details`, { ...opened, subject: 'By Ben' })
  expect(clash.status).toBe(409)
  expect(clash.text).toContain('Saved meanwhile by somebody else: By Ada')
  expect((await stateOf(issueId)).subject).toBe('By Ada')
  const again = formIn(clash.text, `${path}/details`)
  expect(again).toMatchObject({ subject: 'By Ben', preheader: 'Hers' })
  expect((await ben.post(`${path}/details`, again)).status).toBe(303)
  expect(await stateOf(issueId)).toMatchObject({ subject: 'By Ben', preheader: 'Hers' })
})

it('what is wrong in a form does not let it overwrite what the other one saved meanwhile', async () => {
  const { path, issueId } = await draft()
  const opened = formIn((await ada.get(`${path}?edit=details`)).text, `${path}/details`)
  await ada.post(`${path}/details`, { ...opened, subject: 'By Ada' })
  const wrong = await ben.post(`${path}/details`, { ...opened, from_email: 'ben@' })
  expect(wrong.status).toBe(422)
  const mended = { ...formIn(wrong.text, `${path}/details`), from_email: 'ben@example.org' }
  expect((await ben.post(`${path}/details`, mended)).status).toBe(303)
  expect(await stateOf(issueId)).toMatchObject({ subject: 'By Ada', from_email: 'ben@example.org' })
})

it('what a page sends by itself is merged, keeps the page at its version when it has missed something, and names a clash', async () => {
  const { path, issueId } = await draft()
  const { blocks, version } = await stateOf(issueId)
  const text = blocks.find(({ kind }) => kind === 'text')?.id
  const opened = formIn((await ada.get(`${path}?edit=${text}`)).text, `${path}/blocks/${text}`)
  const details = formIn((await ben.get(`${path}?edit=details`)).text, `${path}/details`)
  const send = (browser: Browser, to: string, fields: object) =>
    browser.post(`${path}${to}`, fields).set('Accept', 'application/json')
  const first = await send(ada, `/blocks/${text}`, { ...opened, html: '<p>Ada</p>' })
  expect(first.body).toMatchObject({ version: version + 1, preview: version + 1, errors: {} })
  const second = await send(ben, '/details', { ...details, preheader: 'Ben' })
  expect(second.body).toMatchObject({ version, preview: version + 2 })
  // The same once more: its answer was lost.
  expect((await send(ben, '/details', { ...details, preheader: 'Ben' })).status).toBe(200)
  const clash = await send(ben, `/blocks/${text}`, { ...opened, html: '<p>Ben</p>' })
  expect([clash.status, clash.body.errors]).toEqual([409, { html: 'Saved meanwhile by somebody else: Ada' }])
  const meant = { ...opened, html: '<p>Ben</p>', base: clash.body.base }
  expect((await send(ben, `/blocks/${text}`, meant)).status).toBe(200)
  expect((await stateOf(issueId)).blocks.find(({ id }) => id === text)?.content).toEqual({
    html: '<p>Ben</p>',
  })
})

it('a block that is gone is a conflict that shows the issue as it is, however it was meant', async () => {
  const { path, issueId } = await draft()
  const { blocks } = await stateOf(issueId)
  const text = blocks.find(({ kind }) => kind === 'text')?.id
  await ada.post(`${path}/blocks/${text}/removal`, { version: 1 })
  const twice = await ben.post(`${path}/blocks/${text}/removal`, { version: 2 })
  expect([twice.status, twice.text.includes('This block is no longer part of the issue.')]).toEqual([
    409,
    true,
  ])
  expect(twice.text).toContain('id="composer"')
  const footer = blocks.find(({ kind }) => kind === 'footer')?.id
  const fixed = await ben.post(`${path}/blocks/${footer}/position`, { version: 2, position: 0 })
  expect([fixed.status, fixed.text.includes('The footer stays at the end.')]).toEqual([422, true])
})

it('what was typed into rows and switches of an issue that has left is shown as words', async () => {
  const { path, issueId } = await draft()
  const { blockId, version } = await addBlock(world, { issueId, version: 1 }, { kind: 'agenda' })
  await ada.post(`${path}/blocks/${blockId}/removal`, { version })
  const lost = await ben.post(`${path}/blocks/${blockId}`, {
    version,
    base: '{}',
    'entries.0': '1',
    'entries.0.title': 'Bell ringing',
    change: 'add:entries:',
  })
  expect(lost.status).toBe(409)
  expect(lost.text).toContain('>Bell ringing</p>')
  expect(lost.text).not.toContain('[object Object]')
  expect(lost.text).not.toContain('>1</p>')
})

it('a draft that was changed is not discarded, paused or planned: the page of the issue says so', async () => {
  const { path } = await draft()
  for (const [what, fields] of [
    ['discarding', { version: 0 }],
    ['pause', {}],
    ['resume', {}],
    ['draft', {}],
  ] as const) {
    const refused = await ben.post(`${path}/${what}`, fields)
    expect([what, refused.status, refused.text.includes('id="composer"')]).toEqual([what, 409, true])
  }
  await ada.post(`${path}/schedule`, { version: 1, when: 'now' })
  const planned = await ben.post(`${path}/schedule/plan`, { planned_on: '2030-01-01' })
  expect([planned.status, planned.text.includes('id="content"')]).toEqual([409, true])
})

it('the words of a translation are shown when the issue has left meanwhile', async () => {
  const { path, issueId } = await draft()
  await ada.post(`${path}/languages`, { version: 1, language: 'fi' })
  const page = await ben.get(`${path}/languages/fi`)
  const opened = formIn(page.text, `${path}/languages/fi`)
  await scheduleIssue(world, { issueId, version: 2 }, new Date(world.clock.now().getTime() + 9e8))
  const late = await ben.post(`${path}/languages/fi`, { ...opened, subject: 'Arvokas aihe' })
  expect([late.status, late.text.includes('Arvokas aihe')]).toEqual([409, true])
})

it('a script that is signed out is told so, and not sent to another page', async () => {
  const { path } = await draft()
  const answer = await request(app).post(`${path}/details`).set('Accept', 'application/json').send({})
  expect(answer.status).toBe(401)
})
