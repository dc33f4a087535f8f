import type { Express } from 'express'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { confirmOnLists } from '../../../src/audience/confirm-on-lists.js'
import { createList } from '../../../src/audience/create-list.js'
import { sendSubscriberMail } from '../../../src/audience/mails/send-subscriber-mail.js'
import { mailtoLocalPart } from '../../../src/audience/mailto-token.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { createLinks } from '../../../src/audience/tokens.js'
import { unsubscribeByMail } from '../../../src/audience/unsubscribe-by-mail.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { createWorld, type World } from '../../helpers/world.js'

const DAY = 24 * 3_600_000
let world: World
let app: Express
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterAll(() => world.close())

let readers = 0
async function reader() {
  const name = `choice${++readers}`
  const { listId, readers: people } = await listWithReaders(world, name, 1)
  const { issueId } = await completeDraft(world, [listId])
  const [subscriberId = ''] = people
  const links = createLinks(world.keys, '', { subscriberId, issueId })
  world.enqueued.length = 0
  world.sent.length = 0
  return { listId, issueId, subscriberId, links, email: `r1.${name}@example.org` }
}
const join = (subscriberId: string, listId: string) =>
  world.db
    .transaction()
    .execute((tx) =>
      confirmOnLists(tx, { subscriberId, listIds: [listId], by: 'add', now: world.clock.now() }),
    )
const post = (path: string, fields: object) => request(app).post(path).type('form').send(fields)
const save = (path: string, fields: object) => post(path, { form: 'preferences', ...fields })
const statusOn = async (subscriberId: string, listId: string) =>
  (
    await world.db
      .selectFrom('subscription')
      .select('status')
      .where('subscriber_id', '=', subscriberId)
      .where('list_id', '=', listId)
      .executeTakeFirst()
  )?.status

it('shows the private lists of somebody whose link came with no issue, so that they can be left', async () => {
  const { subscriberId } = await reader()
  const privateId = await createList(world, { name: 'Board only', isPublic: false })
  await join(subscriberId, privateId)
  const welcome = createLinks(world.keys, '', { subscriberId, issueId: newId(world.clock.now()) })
  expect((await request(app).get(welcome.PREFERENCES)).text).toContain('Board only')
  await save(welcome.PREFERENCES, { shown: [privateId] }).expect(200)
  expect(await statusOn(subscriberId, privateId)).toBe('unsubscribed')
})

it('takes a confirmation that ran out for none, and asks again', async () => {
  const { links, subscriberId, listId } = await reader()
  const wanted = await createList(world, { name: `Wanted ${readers}` })
  const both = { shown: [listId, wanted], lists: [listId, wanted] }
  await save(links.PREFERENCES, both).expect(200)
  expect((await request(app).get(links.PREFERENCES)).text).toContain(`value="${wanted}" checked`)
  world.clock.advance(3 * DAY)
  expect((await request(app).get(links.PREFERENCES)).text).not.toContain(`value="${wanted}" checked`)
  await save(links.PREFERENCES, both).expect(200)
  expect(world.enqueued.filter(({ name }) => name === 'send-confirmation')).toHaveLength(2)
  expect(await statusOn(subscriberId, wanted)).toBe('pending')
})

it('says why nothing comes to an address, and how it can again', async () => {
  const said = {
    'unsubscribe-all': 'tick a newsletter',
    complaint: 'reported as unwanted',
    'hard-bounce': 'came back to us',
    manual: 'The sender sends nothing',
  } as const
  for (const [reason, words] of Object.entries(said)) {
    const { links, email } = await reader()
    const wanted = await createList(world, { name: `Barred ${readers}` })
    await suppressAddress(world, { email, reason: reason as keyof typeof said })
    const { text } = await save(`${links.PREFERENCES}?lang=en`, { shown: [wanted], lists: [wanted] })
    expect(text).toContain(words)
    expect(world.enqueued).toHaveLength(reason === 'unsubscribe-all' ? 1 : 0)
  }
})

it('leaves only lists that the page showed, and none by a body that cannot be read', async () => {
  const { links, subscriberId, listId } = await reader()
  const later = await createList(world, { name: `Joined later ${readers}` })
  await join(subscriberId, later)
  await save(links.PREFERENCES, { shown: [listId], lists: [listId] }).expect(200)
  expect(await statusOn(subscriberId, later)).toBe('confirmed')
  const unread = await request(app)
    .post(`${links.PREFERENCES}?lang=en`)
    .field('form', 'preferences')
    .expect(400)
  expect(unread.text).toContain('nothing was changed')
  await post(links.PREFERENCES, {}).expect(400)
  expect(await statusOn(subscriberId, listId)).toBe('confirmed')
})

it('says that nothing was ticked on the unsubscribe page', async () => {
  const { links } = await reader()
  const { text } = await post(`${links.UNSUBSCRIBE}?lang=en`, { from: 'page', shown: 'yes' }).expect(422)
  expect(text).toContain('Nothing has changed')
  expect(text).not.toMatch(/name="lists"[^>]*checked/)
})

it('says good-bye by mail in the language of the list to whom no other is known of', async () => {
  const { listId, issueId, subscriberId } = await reader()
  await world.db
    .updateTable('list')
    .set({ language: 'fi', sends_goodbye: true })
    .where('id', '=', listId)
    .execute()
  await world.db.updateTable('subscriber').set({ language: null }).where('id', '=', subscriberId).execute()
  await unsubscribeByMail(world, mailtoLocalPart(world.keys, { subscriberId, issueId }))
  await sendSubscriberMail(world, world.enqueued[0]?.payload as { mailId: string })
  expect(world.sent[0]?.subject).toContain('Tilaus peruutettu')
})
