import type { Express } from 'express'
import request from 'supertest'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { askForLink } from '../../src/audience/mails/ask-for-link.js'
import { sendSubscriberMail } from '../../src/audience/mails/send-subscriber-mail.js'
import { requestAddressChange } from '../../src/audience/request-address-change.js'
import { createApp } from '../../src/web/app.js'
import { everyTable } from '../helpers/everything-kept.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const TIMES = 50
const LINK = /https:\/\/news\.example\.org(\/[^"\s)]+)/g

let world: World
let app: Express
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterAll(() => world.close())

// The same page in its seven languages, once by GET and once by HEAD; what mails and their pages link to, every time.
const timesOf = (path: string) => (path.includes('lang=') ? 2 : TIMES)
const kindOf = (path: string) => path.split('/')[1] ?? ''
const linksIn = (text: string) => [...text.matchAll(LINK)].map(([, path = '']) => path)
// What the pages of readers offer by a link; what they do by a button is a POST.
const hrefsOf = (html: string) =>
  [
    ...html.matchAll(
      /href="(\/(?:u|p|w|f|join|confirmations|downloads|erasures|address-changes|archive)[/?"][^"]*)/g,
    ),
  ].map(([, path = '']) => path.replaceAll('&amp;', '&').replace(/"$/, ''))

it('opens every link of every mail and of every page behind it, fifty times each, and nothing changes', async () => {
  const { issueId, batch, listId, readers } = await fannedOutIssue(world, 'town', 2)
  await sendBatch(world, batch)
  const [subscriberId = ''] = readers
  await signUp(world, { email: 'new@example.org', listIds: [listId], consentText: 'Yes', language: 'en' })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  for (const kind of ['download', 'erase'] as const)
    await askForLink(world, { subscriberId, kind, language: 'en' })
  await requestAddressChange(world, { subscriberId, email: 'moved@example.org', language: 'en' })
  for (const { name, payload } of world.enqueued.splice(0))
    if (name === 'send-subscriber-mail') await sendSubscriberMail(world, payload as { mailId: string })
  const mailed = new Set(world.sent.flatMap(({ html, text }) => linksIn(`${html} ${text}`)))
  const paths = new Set([
    ...[...mailed].map((path) => path.replaceAll('&amp;', '&')),
    `/confirmations/${confirmationToken(world.keys, confirmationId)}`,
    ...['/join', '/f/join', '/archive'],
  ])
  expect(issueId).toBeTruthy()
  const first = [...paths].map(kindOf).sort()
  for (const kind of [
    'u',
    'p',
    'w',
    'downloads',
    'erasures',
    'address-changes',
    'confirmations',
    'join',
    'f',
  ])
    expect(first).toContain(kind)

  const before = await everyTable(world.db)
  for (const path of [...paths]) {
    const { text } = await request(app).get(path)
    for (const href of hrefsOf(text)) paths.add(href)
  }
  const answers: Record<string, number> = {}
  for (const path of paths)
    for (let time = 0; time < timesOf(path); time++) {
      const { status } = await request(app)[time % 2 ? 'head' : 'get'](path)
      answers[`${kindOf(path)} ${status}`] = (answers[`${kindOf(path)} ${status}`] ?? 0) + 1
      if (status >= 500) throw new Error(`${path} answers ${status}`)
    }
  expect(await everyTable(world.db)).toEqual(before)
  for (const kind of ['u', 'p', 'w', 'downloads', 'erasures', 'address-changes', 'confirmations', 'f'])
    expect(answers[`${kind} 200`]).toBeGreaterThanOrEqual(TIMES)
}, 300_000)
