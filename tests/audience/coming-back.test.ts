import { sql } from 'kysely'
import { newId } from '../../db/uuid.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { changePreferences } from '../../src/audience/change-preferences.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseSubscriber } from '../../src/audience/erase-subscriber.js'
import { findConfirmation } from '../../src/audience/find-confirmation.js'
import { mailboxOf } from '../../src/audience/mailbox-limit.js'
import { remindConfirmation } from '../../src/audience/remind-confirmation.js'
import { remindConfirmations } from '../../src/audience/remind-confirmations.js'
import { sendConfirmation } from '../../src/audience/send-confirmation.js'
import { findSuppression, suppressAddress } from '../../src/audience/suppress-address.js'
import { unsubscribe, unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ADA = 'ada@example.org'
let world: World
let town: string
let craft: string
beforeEach(async () => {
  world = await createWorld()
  town = await createList(world, { name: 'Town news' })
  craft = await createList(world, { name: 'Craft' })
  await world.db
    .insertInto('organisation')
    .values({
      id: 1,
      name: 'Bell',
      address: '1 Square',
      ...{ reason: '', copyright: '', funding_statement: '', website: '', reply_to: null },
      ...{ primary_colour: '#0f4c5c', accent_colour: '#c2570c' },
      ...{ from_name: 'Bell', from_email: 'news@example.org' },
    })
    .execute()
})
afterEach(() => world.close())

const asks = (listIds: string[], email = ADA, more: object = {}) =>
  signUp(world, { email, listIds, consentText: 'Yes.', language: 'en', ...more })
const enqueued = (name: string) => world.enqueued.filter((job) => job.name === name)
const asked = () =>
  enqueued('send-confirmation').map(({ payload }) => (payload as { confirmationId: string }).confirmationId)
const token = () => confirmationToken(world.keys, asked().at(-1) ?? '')
const send = () => sendConfirmation(world, { confirmationId: asked().at(-1) ?? '' })
const add = (listIds: string[]) => addSubscriber(world, { email: ADA, listIds, note: 'Fair' })
const nowhere = () => newId(world.clock.now())
async function standing(email = ADA) {
  const rows = await world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .innerJoin('list', 'list.id', 'list_id')
    .select(['list.name', 'status'])
    .where('email_key', '=', email)
    .execute()
  return Object.fromEntries(rows.map(({ name, status }) => [name, status]))
}

describe('who asked never to be written to again', () => {
  const says = async (scope: 'never') => {
    const subscriberId = await add([town])
    await unsubscribe(world, { subscriberId, issueId: nowhere(), channel: 'page', scope })
    world.clock.advance(MINUTE)
    return subscriberId
  }

  it('gets no mail by any form, and comes back by their own link', async () => {
    const subscriberId = await says('never')
    await asks([town, craft])
    expect([asked(), await standing()]).toEqual([[], { 'Town news': 'unsubscribed' }])
    const change = { subscriberId, issueId: nowhere(), listIds: [town], consentText: 'Yes.' }
    expect(await changePreferences(world, change)).toEqual({ isAsking: true })
    await send()
    expect(world.sent).toHaveLength(1)
    expect(await confirmSubscription(world, token())).toMatchObject({ standing: 'on', lists: ['Town news'] })
    expect(await findSuppression(world, ADA)).toBeNull()
  })

  it('is not brought back by a link from before, which is neither sent nor reminded of', async () => {
    await asks([town])
    const before = token()
    const subscriberId = await add([])
    world.clock.advance(MINUTE)
    await unsubscribe(world, { subscriberId, issueId: nowhere(), channel: 'page', scope: 'never' })
    expect(await findConfirmation(world, before)).toMatchObject({ standing: 'off' })
    expect(await confirmSubscription(world, before)).toMatchObject({ standing: 'off', lists: [] })
    expect(await findSuppression(world, ADA)).toMatchObject({ reason: 'unsubscribe-all' })
    await asks([town], 'ben@example.org')
    world.clock.advance(MINUTE)
    await suppressAddress(world, { email: 'ben@example.org', reason: 'unsubscribe-all' })
    await send()
    expect(world.sent).toEqual([])
  })

  it.each(['complaint', 'hard-bounce', 'manual'] as const)('nor after a %s', async (reason) => {
    await suppressAddress(world, { email: ADA, reason })
    await asks([town])
    expect([asked(), await standing()]).toEqual([[], {}])
  })
})

it('lets somebody erased come back by a form and a confirmation of their own, also where none is needed', async () => {
  await world.db.updateTable('list').set({ opt_in: 'single' }).execute()
  await eraseSubscriber(world, { subscriberId: await add([town]), by: null })
  world.clock.advance(MINUTE)
  await asks([town])
  await send()
  expect(await standing()).toEqual({ 'Town news': 'pending' })
  expect(await confirmSubscription(world, token())).toMatchObject({ standing: 'on' })
})

describe('a list without confirmation', () => {
  beforeEach(() => world.db.updateTable('list').set({ opt_in: 'single', sends_welcome: true }).execute())

  it('welcomes whoever joins it, once, and a mailbox three times in a day', async () => {
    await asks([town])
    await asks([town])
    expect(enqueued('send-subscriber-mail')).toHaveLength(1)
    for (const tag of [1, 2, 3]) await asks([town], `ada+${tag}@example.org`)
    expect(await standing('ada+3@example.org')).toEqual({ 'Town news': 'confirmed' })
    expect(enqueued('send-subscriber-mail')).toHaveLength(3)
    await asks([town], 'ben@example.org')
    expect(enqueued('send-subscriber-mail')).toHaveLength(4)
  })
})

describe('a second form within ten minutes', () => {
  const second = { fields: { CITY: 'Oulu', FIRSTNAME: 'Mallory' }, consentText: 'Craft too.' }

  it('is confirmed by the one link, each list with its own words', async () => {
    await asks([town], ADA, { fields: { FIRSTNAME: 'Ada' } })
    world.clock.advance(MINUTE)
    await asks([town, craft], ADA, second)
    await asks([craft], ADA, second)
    expect(asked()).toHaveLength(1)
    await send()
    expect(world.sent[0]?.text).toMatch(/Craft.*Town news.*Yes\..*Craft too\./s)
    expect(await findConfirmation(world, token())).toMatchObject({
      standing: 'asked',
      lists: ['Craft', 'Town news'],
      consentTexts: [
        { text: 'Yes.', language: 'en' },
        { text: 'Craft too.', language: 'en' },
      ],
    })
    await confirmSubscription(world, token())
    expect(await standing()).toEqual({ Craft: 'confirmed', 'Town news': 'confirmed' })
    const { fields } = await world.db.selectFrom('subscriber').select('fields').executeTakeFirstOrThrow()
    expect(fields).toEqual({ FIRSTNAME: 'Ada', CITY: 'Oulu' })
    const events = await world.db
      .selectFrom('consent_event')
      .innerJoin('list', 'list.id', 'list_id')
      .select(['name', 'consent_text', 'message_id'])
      .where('kind', '=', 'confirmed')
      .orderBy('name')
      .execute()
    expect(events).toMatchObject([
      { name: 'Craft', consent_text: 'Craft too.', message_id: world.sent[0]?.messageId },
      { name: 'Town news', consent_text: 'Yes.', message_id: world.sent[0]?.messageId },
    ])
  })

  it('is neither mailed by the sweep nor in the way of the reminder', async () => {
    await asks([town])
    await send()
    world.clock.advance(MINUTE)
    await asks([craft], ADA, second)
    world.clock.advance(DAY)
    expect(await remindConfirmations(world)).toBe(1)
    expect(enqueued('remind-confirmation')).toHaveLength(1)
    await remindConfirmation(world, { confirmationId: asked()[0] ?? '' })
    expect(world.sent.at(-1)?.text).toMatch(/Craft/)
  })
})

describe('a mailbox', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['ada+a+b@example.org', 'ada@example.org'],
    ['+ada@example.org', '+ada@example.org'],
    ['a.d.a+1@gmail.com', 'ada@gmail.com'],
    ['a.d.a@example.org', 'a.d.a@example.org'],
  ])('of %s is %s', (key, mailbox) => expect(mailboxOf(key)).toBe(mailbox))

  it('gets three unanswered confirmations in a day, however its address is written; an answer counts no more', async () => {
    const ways = ['v.ictim@gmail.com', 'victim+1@gmail.com', 'victim@gmail.com', 'vic.tim+2@gmail.com']
    for (const email of ways) await asks([town], email)
    for (let time = 0; time < 5; time++) {
      world.clock.advance(11 * MINUTE)
      await asks([town, craft], 'v.ictim@gmail.com')
    }
    expect(asked()).toHaveLength(3)
    expect(await standing('v.ictim@gmail.com')).toEqual({ Craft: 'pending', 'Town news': 'pending' })
    await confirmSubscription(world, token())
    for (let time = 0; time < 2; time++) {
      await asks([craft], 'victim@gmail.com')
      world.clock.advance(11 * MINUTE)
    }
    expect(asked()).toHaveLength(4)
    world.clock.advance(DAY)
    await asks([craft], 'vic.tim+2@gmail.com')
    expect(asked()).toHaveLength(5)
  })
})

describe('the page of a confirmation link', () => {
  it('says where somebody stands now: left before pressing, after it, or on again', async () => {
    await asks([town, craft])
    const subscriberId = await add([])
    const leave = (listId: string) => unsubscribeFromList(world, { subscriberId, listId, channel: 'page' })
    await leave(town)
    expect(await findConfirmation(world, token())).toMatchObject({ standing: 'asked', lists: ['Craft'] })
    expect(await confirmSubscription(world, token())).toMatchObject({ standing: 'on', lists: ['Craft'] })
    await leave(craft)
    expect(await findConfirmation(world, token())).toMatchObject({ standing: 'off', lists: [] })
    expect(await confirmSubscription(world, token())).toMatchObject({ standing: 'off', lists: [] })
    expect(await standing()).toEqual({ Craft: 'unsubscribed', 'Town news': 'unsubscribed' })
    const first = token()
    world.clock.advance(MINUTE)
    await asks([craft])
    await confirmSubscription(world, token())
    expect(await findConfirmation(world, first)).toMatchObject({ standing: 'on', lists: ['Craft'] })
    await suppressAddress(world, { email: ADA, reason: 'complaint' })
    expect(await findConfirmation(world, first)).toMatchObject({ standing: 'off', lists: [] })
  })

  it('never fills in over what is known', async () => {
    await addSubscriber(world, { email: ADA, listIds: [], note: 'Fair', fields: { FIRSTNAME: 'Ada' } })
    await asks([town], ADA, { fields: { FIRSTNAME: 'Mallory', CITY: 'Oulu' } })
    await confirmSubscription(world, token())
    const { fields } = await world.db.selectFrom('subscriber').select('fields').executeTakeFirstOrThrow()
    expect(fields).toEqual({ FIRSTNAME: 'Ada', CITY: 'Oulu' })
  })

  it('waits for whoever holds the person, and holds nothing that they need', async () => {
    await asks([town], ADA, { fields: { CITY: 'Oulu' } })
    let pressing: Promise<unknown> = Promise.resolve()
    await world.db.transaction().execute(async (tx) => {
      await tx.selectFrom('subscriber').select('id').forUpdate().execute()
      pressing = confirmSubscription(world, token())
      const isWaiting = async () => {
        const { rows } = await sql`select from pg_locks where not granted`.execute(world.db)
        return rows.length > 0
      }
      while (!(await isWaiting())) await new Promise(setImmediate)
      await tx.updateTable('subscription').set({ created_at: world.clock.now() }).execute()
      await tx.updateTable('confirmation').set({ created_at: world.clock.now() }).execute()
    })
    await expect(pressing).resolves.toMatchObject({ standing: 'on' })
  })
})
