import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { createList } from '../../../src/audience/create-list.js'
import { sendSubscriberMail } from '../../../src/audience/mails/send-subscriber-mail.js'
import { sendConfirmation } from '../../../src/audience/send-confirmation.js'
import { createLinks } from '../../../src/audience/tokens.js'
import { createApp } from '../../../src/web/app.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { fannedOutIssue } from '../../helpers/sent-issue.js'
import { createWorld, type World } from '../../helpers/world.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let world: World
let app: Express
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterAll(() => world.close())

let readers = 0
/** Somebody who has got an issue, and the links in it. */
async function reader() {
  const name = `moved${++readers}`
  const issue = await fannedOutIssue(world, name, 1)
  await sendBatch(world, issue.batch)
  const [subscriberId = ''] = issue.readers
  world.clock.advance(MINUTE)
  world.sent.length = 0
  world.enqueued.length = 0
  const links = createLinks(world.keys, '', { subscriberId, issueId: issue.issueId })
  return { subscriberId, listId: issue.listId, email: `r1.${name}@example.org`, links }
}
const post = (path: string, fields: object = {}) => request(app).post(path).type('form').send(fields)
async function sendNoted(): Promise<void> {
  for (const { name, payload } of world.enqueued.splice(0)) {
    if (name === 'send-subscriber-mail') await sendSubscriberMail(world, payload as { mailId: string })
    if (name === 'send-confirmation') await sendConfirmation(world, payload as { confirmationId: string })
  }
}
/** The newest link of a kind that was mailed to an address. */
const linkTo = (email: string, kind: string) =>
  world.sent
    .filter(({ to }) => to.address === email)
    .map(({ text }) => new RegExp(`/${kind}/[^\\s"]+`).exec(text)?.[0])
    .findLast(Boolean) ?? ''
/** A preference link in a mail that goes out now. */
const linkNow = (subscriberId: string) =>
  createLinks(world.keys, '', { subscriberId, issueId: newId(world.clock.now()) }).PREFERENCES
async function move(path: string, email: string): Promise<void> {
  await post(`${path}/address`, { email }).expect(303)
  await sendNoted()
  await post(linkTo(email, 'address-changes')).expect(200)
  await sendNoted()
  world.clock.advance(MINUTE)
}
const addressOf = async (id: string) =>
  (await world.db.selectFrom('subscriber').select('email').where('id', '=', id).executeTakeFirstOrThrow())
    .email

it('leaves nothing in the mailbox that somebody has left but ways out', async () => {
  const { links, subscriberId, listId } = await reader()
  const otherId = await createList(world, { name: 'Open to all' })
  await post(links.PREFERENCES, { form: 'preferences', lists: [listId, otherId] }).expect(200)
  await sendNoted()
  const confirmation = /\/confirmations\/[^\s"]+/.exec(world.sent[0]?.text ?? '')?.[0] ?? ''
  await request(app).get(confirmation).expect(200)
  await post(`${links.PREFERENCES}/download`).expect(303)
  await move(links.PREFERENCES, 'new1@example.org')
  await post(confirmation).expect(410)
  for (const path of ['', '/download', '/erase', '/address', '/break', '/break/end'])
    await post(links.PREFERENCES + path, { lists: [], email: 'x@example.org' }).expect(410)
  expect((await request(app).get(`${links.PREFERENCES}?lang=en`).expect(410)).text).toContain(
    'no longer uses here',
  )
  expect((await request(app).get(links.UNSUBSCRIBE).expect(200)).text).not.toContain('href="/p/')
  await request(app).get(linkNow(subscriberId)).expect(200)
  await post(links.UNSUBSCRIBE).expect(200)
  const standing = await world.db
    .selectFrom('subscription')
    .select('status')
    .where('subscriber_id', '=', subscriberId)
    .where('list_id', '=', listId)
    .executeTakeFirstOrThrow()
  expect(standing.status).toBe('unsubscribed')
})

it('opens the links of an issue that goes to the new address, also when it was begun before', async () => {
  const waiting = await fannedOutIssue(world, 'begun', 1)
  const [subscriberId = ''] = waiting.readers
  world.clock.advance(MINUTE)
  await move(linkNow(subscriberId), 'new2@example.org')
  const { PREFERENCES } = createLinks(world.keys, '', { subscriberId, issueId: waiting.issueId })
  await request(app).get(PREFERENCES).expect(410)
  await sendBatch(world, waiting.batch)
  await request(app).get(PREFERENCES).expect(200)
})

it('mails no data to an address in its first three days, and says so', async () => {
  const { links, subscriberId } = await reader()
  await move(links.PREFERENCES, 'new3@example.org')
  world.sent.length = 0
  const page = await request(app)
    .get(`${linkNow(subscriberId)}?lang=en`)
    .expect(200)
  expect(page.text).toContain('we mail links to download or erase it from this day on')
  expect(page.text).not.toMatch(/action="[^"]*\/(download|erase)"/)
  for (const kind of ['download', 'erase']) await post(`${linkNow(subscriberId)}/${kind}`).expect(303)
  await sendNoted()
  expect(world.sent).toEqual([])
  world.clock.advance(3 * DAY)
  await post(`${linkNow(subscriberId)}/download`).expect(303)
  await sendNoted()
  expect(world.sent.map(({ to }) => to.address)).toEqual(['new3@example.org'])
})

it('lets the old mailbox take a change back, also when the address was changed on from there', async () => {
  const { links, subscriberId, email } = await reader()
  await move(links.PREFERENCES, 'thief@example.net')
  await move(linkNow(subscriberId), 'thief2@example.net')
  const own = linkTo(email, 'address-returns')
  const thiefs = linkTo('thief@example.net', 'address-returns')
  const atThief = linkNow(subscriberId)
  expect((await request(app).get(own).expect(200)).text).toContain('r***@e***')
  expect(await addressOf(subscriberId)).toBe('thief2@example.net')
  world.clock.advance(29 * DAY)
  await post(own).expect(200)
  await post(own).expect(200)
  expect(await addressOf(subscriberId)).toBe(email)
  await request(app).get(atThief).expect(410)
  await post(thiefs).expect(410)
  expect(await addressOf(subscriberId)).toBe(email)
})

it('takes no change back after thirty days', async () => {
  const { links, subscriberId, email } = await reader()
  await move(links.PREFERENCES, 'new5@example.org')
  world.clock.advance(30 * DAY)
  await post(linkTo(email, 'address-returns')).expect(410)
  expect(await addressOf(subscriberId)).toBe('new5@example.org')
})

it('mails to the address as it was corrected, retires the first link, and asks about a likely slip', async () => {
  const { links } = await reader()
  const slip = { email: 'ada@gmial.com' }
  const asked = await post(`${links.PREFERENCES}/address`, slip).expect(422)
  expect(asked.text).toContain('value="ada@gmail.com"')
  await post(`${links.PREFERENCES}/address`, { ...slip, keeps: slip.email }).expect(303)
  await sendNoted()
  const first = linkTo(slip.email, 'address-changes')
  world.clock.advance(MINUTE)
  await post(`${links.PREFERENCES}/address`, { email: 'ada@gmail.com' }).expect(303)
  await post(`${links.PREFERENCES}/address`, { email: 'ada@gmail.com' }).expect(303)
  await sendNoted()
  expect(world.sent.map(({ to }) => to.address)).toEqual([slip.email, 'ada@gmail.com'])
  await request(app).get(first).expect(410)
  await request(app).get(linkTo('ada@gmail.com', 'address-changes')).expect(200)
})

it('mails at most three such links an hour, known addresses or not, and says so', async () => {
  const known = await reader()
  for (const typed of [known.email, 'free@example.org']) {
    const { links } = await reader()
    const said: string[] = []
    for (const email of ['one@example.org', 'two@example.org', typed, 'four@example.org']) {
      const { headers } = await post(`${links.PREFERENCES}/address`, { email }).expect(303)
      said.push(/said=([\w-]+)/.exec(String(headers['location']))?.[1] ?? '')
    }
    expect(said).toEqual(['new-link', 'new-link', 'new-link', 'too-often'])
  }
})
