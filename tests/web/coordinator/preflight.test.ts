import type { Express } from 'express'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { findOut } from '../../../src/issues/preflight/background/find-out.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
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

async function draft(html: string) {
  const { listId } = await listWithReaders(world, `list${Math.random().toString(36).slice(2, 8)}`, 2)
  const { issueId } = await completeDraft(world, [listId])
  const { blocks } = await issueWithBlocks(world, issueId)
  const text = blocks.find(({ kind }) => kind === 'text')
  const path = `/issues/${issueId}`
  await browser.post(`${path}/blocks/${text?.id}`, { version: 1, html })
  return { path, issueId, textId: text?.id ?? '' }
}
const seenOn = (page: string) => /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? ''

it('shows each finding in its group with the way to its block, and an inbox', async () => {
  const { path, textId } = await draft('<p><a href="https://a.eu/">click here</a></p>')
  const page = (await browser.get(`${path}?view=phone`)).text
  expect(page).toContain('Nothing stands in the way')
  expect(page).toContain('does not say where the link leads')
  expect(page).toContain(
    `href="${path}?edit=${textId}&amp;view=phone#block-${textId}"`
      .replace(/=/g, '&#x3D;')
      .replace('href&#x3D;', 'href='),
  )
  expect(page).toContain('In the inbox of a phone: the whole subject is seen')
})

it('says what is being found out, and shows it once it is', async () => {
  const { path, issueId } = await draft('<p>Dear <<contact.CITY>></p>')
  const waiting = await browser.get(`${path}/checks`)
  expect(waiting.text).not.toContain('<html')
  expect(waiting.text).toContain('data-waiting')
  expect(waiting.text).toContain('Audience: being checked …')
  await findOut(world, issueId)
  const known = (await browser.get(`${path}/checks`)).text
  expect(known).toContain('2 people will get it.')
  expect(known).toContain('2 people of 2 have no CITY')
  expect(known).not.toContain('data-waiting')
}, 60_000)

it('keeps errors from being scheduled, with the same words', async () => {
  const { path, textId, issueId } = await draft('<p><a href="https://a.eu/"> </a> words</p>')
  const refused = await browser.post(`${path}/schedule`, { version: 2, when: 'now' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('1 thing to mend first')
  expect(refused.text).toContain('has no words')
  expect((await issueWithBlocks(world, issueId)).status).toBe('draft')
  expect(refused.text).toContain(textId)
})

it('lets hints be seen first, and scheduled with anyway', async () => {
  const { path, issueId } = await draft('<p>We meet tomorrow.</p>')
  const page = (await browser.get(`${path}/schedule`)).text
  expect(page).toContain('Schedule anyway for 2 people')
  expect(page).toContain('will mean Tuesday, 3 March 2026')
  const later = { version: 2, when: 'later', sendAt: '2026-03-10T09:00' }
  const again = await browser.post(`${path}/schedule`, { ...later, seen: seenOn(page) })
  expect(again.status).toBe(422)
  expect(again.text).toContain('Look once more')
  expect(again.text).toContain('will mean Wednesday, 11 March 2026')
  const done = await browser.post(`${path}/schedule`, { ...later, seen: seenOn(again.text) })
  expect([done.status, (await issueWithBlocks(world, issueId)).status]).toEqual([303, 'scheduled'])
})
