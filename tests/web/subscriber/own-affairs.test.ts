import type { Express } from 'express'
import { sql } from 'kysely'
import request from 'supertest'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { createList } from '../../../src/audience/create-list.js'
import { askForLink } from '../../../src/audience/mails/ask-for-link.js'
import { sendSubscriberMail } from '../../../src/audience/mails/send-subscriber-mail.js'
import { mailtoLocalPart } from '../../../src/audience/mailto-token.js'
import { mergeSubscribers } from '../../../src/audience/merge-subscribers.js'
import { remindConfirmation } from '../../../src/audience/remind-confirmation.js'
import { remindConfirmations } from '../../../src/audience/remind-confirmations.js'
import { sendConfirmation } from '../../../src/audience/send-confirmation.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { createLinks, deliveryToken, rowToken, type TokenPurpose } from '../../../src/audience/tokens.js'
import { unsubscribeByMail } from '../../../src/audience/unsubscribe-by-mail.js'
import { LANGUAGES } from '../../../src/rendering/messages/language.js'
import { messagesFor } from '../../../src/rendering/messages/messages-for.js'
import { createApp } from '../../../src/web/app.js'
import { signedInBrowser } from '../../helpers/sign-in.js'
import { postSignUp, takeSignUps } from '../../helpers/sign-up.js'
import { createWorld, type World } from '../../helpers/world.js'

const HOUR = 3_600_000
let world: World
let app: Express
let listId: string
let otherId: string
let issueId: string
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  listId = await createList(world, { name: 'Harbour news' })
  otherId = await createList(world, { name: 'Town news' })
  await world.db.updateTable('list').set({ sends_welcome: true, sends_goodbye: true }).execute()
  issueId = newId(world.clock.now())
  const never = { send_at: null, released_at: null, fanned_out_at: null, finished_at: null }
  const nobody = { paused_by: null, created_by: null, reply_to: null }
  const at = { created_at: world.clock.now(), updated_at: world.clock.now() }
  await world.db
    .insertInto('issue')
    .values({ id: issueId, status: 'sent', title: 'March', ...never, ...nobody, ...at })
    .execute()
  await world.db.insertInto('issue_list').values({ issue_id: issueId, list_id: listId }).execute()
  const look = { primary_colour: '#0f4c5c', accent_colour: '#c2570c' }
  const texts = { reason: '', copyright: '', funding_statement: '', website: '', reply_to: null }
  await world.db
    .insertInto('organisation')
    .values({
      id: 1,
      name: 'Bell',
      address: '1 Square',
      ...texts,
      ...look,
      from_name: 'Bell',
      from_email: 'n@example.org',
    })
    .execute()
})
afterAll(() => world.close())
beforeEach(() => {
  world.enqueued.length = 0
  world.sent.length = 0
})

let people = 0
async function reader(language: string | null = null) {
  const email = `own${++people}@example.org`
  const subscriberId = await addSubscriber(world, {
    email,
    listIds: [listId, otherId],
    note: 'Fair',
    language,
  })
  return { subscriberId, email, links: createLinks(world.keys, '', { subscriberId, issueId }) }
}
const row = (id: string) =>
  world.db.selectFrom('subscriber').selectAll().where('id', '=', id).executeTakeFirst()
const post = (path: string, fields: object = {}) => request(app).post(path).type('form').send(fields)
async function sendNoted(): Promise<void> {
  for (const { name, payload } of world.enqueued.splice(0))
    if (name === 'send-subscriber-mail') await sendSubscriberMail(world, payload as { mailId: string })
}
const linkIn = (at: number, kind: string) =>
  new RegExp(`/${kind}/[^\\s"]+`).exec(world.sent[at]?.text ?? '')?.[0] ?? ''

it.each(LANGUAGES)('speaks %s on every page, to its reader and by choice', async (language) => {
  const { links } = await reader(language)
  const words = messagesFor(language)
  const pages = [
    [links.UNSUBSCRIBE, words.unsubscribe.title],
    [links.PREFERENCES, words.preferences.title],
    ['/u/none', words.pages.notFoundTitle],
  ] as const
  for (const [path, title] of pages) {
    const { text } = await request(app).get(path).set('Accept-Language', language)
    expect(text).toContain(`<html lang="${language}"`)
    expect(text).toContain(`<title>${title}</title>`)
    expect(text).not.toMatch(/\{\w+\}|<script/)
  }
  const { text } = await request(app).get(`${links.UNSUBSCRIBE}?lang=fi`)
  expect(text).toContain('<html lang="fi"')
})

it('keeps fields and consent with its words, and rests and wakes', async () => {
  const { links, subscriberId } = await reader('fi')
  const saved = {
    form: 'preferences',
    lists: [listId, otherId],
    asked: 'tracking',
    tracking: 'yes',
    'field:FIRSTNAME': 'Aino',
  }
  await post(links.PREFERENCES, saved).expect(200)
  expect(await row(subscriberId)).toMatchObject({ tracking_consent: true, fields: { FIRSTNAME: 'Aino' } })
  const event = await world.db
    .selectFrom('consent_event')
    .selectAll()
    .where('subscriber_id', '=', subscriberId)
    .where('kind', '=', 'tracking-allowed')
    .executeTakeFirstOrThrow()
  expect(event).toMatchObject({ language: 'fi', consent_text: expect.stringContaining('Bell saa merkitä') })
  await expect(
    world.db.updateTable('consent_event').set({ note: 'x' }).where('id', '=', event.id).execute(),
  ).rejects.toThrow('only ever added')
  await expect(world.db.deleteFrom('consent_event').where('id', '=', event.id).execute()).rejects.toThrow()
  await post(`${links.PREFERENCES}/break`, { weeks: '2' }).expect(303)
  expect((await row(subscriberId))?.snoozed_until).toEqual(
    new Date(world.clock.now().getTime() + 14 * 24 * HOUR),
  )
  expect((await request(app).get(links.PREFERENCES)).text).toContain('/break/end')
  await post(`${links.PREFERENCES}/break/end`).expect(303)
  expect((await row(subscriberId))?.snoozed_until).toBeNull()
})

it('leaves by page with a good-bye in the own language, from all, and for good without one', async () => {
  const first = await reader('it')
  await post(first.links.UNSUBSCRIBE, { from: 'page' }).expect(200)
  await sendNoted()
  expect(world.sent.map(({ subject }) => subject)).toEqual(['Iscrizione annullata: Harbour news'])
  await post(`${first.links.UNSUBSCRIBE}/reason`, { reason: 'too-many', note: 'ask a@b.example' }).expect(303)
  expect(await world.db.selectFrom('leave_reason').selectAll().execute()).toMatchObject([
    { reason: 'too-many', note: 'ask …@…', subscriber_id: first.subscriberId },
  ])
  const second = await reader()
  const never = await post(second.links.UNSUBSCRIBE, { from: 'page', scope: 'never' }).expect(200)
  expect(never.text).toContain('Only you can take this back')
  expect(never.text).not.toContain('/join')
  await sendNoted()
  expect(world.sent).toHaveLength(1)
  const left = await world.db
    .selectFrom('subscription')
    .select('status')
    .where('subscriber_id', '=', second.subscriberId)
    .execute()
  expect(left).toEqual([{ status: 'unsubscribed' }, { status: 'unsubscribed' }])
})

it('leaves by mail in any letter case, and many at once by one click', async () => {
  const { subscriberId } = await reader()
  const local = mailtoLocalPart(world.keys, { subscriberId, issueId }).toUpperCase()
  expect([await unsubscribeByMail(world, local), await unsubscribeByMail(world, 'u-x')]).toEqual([
    true,
    false,
  ])
  const many = await Promise.all(Array.from({ length: 60 }, () => reader()))
  const twice = [...many, ...many]
  await Promise.all(twice.map(({ links }) => request(app).post(links.UNSUBSCRIBE).expect(200)))
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from consent_event
    where channel = 'one-click' and list_id = ${listId} and subscriber_id = any(${many.map((one) => one.subscriberId)}::uuid[])`.execute(
    world.db,
  )
  expect(rows[0]?.n).toBe(60)
})

it('gives a copy, changes the address from the new mailbox alone, and erases', async () => {
  const { links, subscriberId, email } = await reader('nl')
  await post(`${links.PREFERENCES}/download`).expect(303)
  await post(`${links.PREFERENCES}/download`).expect(303)
  await sendNoted()
  expect(world.sent).toHaveLength(1)
  const json = await request(app)
    .get(`${linkIn(0, 'downloads')}/data.json`)
    .expect(200)
  expect(json.body).toMatchObject({
    address: email,
    newsletters: [{ name: 'Harbour news' }, { name: 'Town news' }],
  })
  expect(
    (
      await request(app)
        .get(`${linkIn(0, 'downloads')}/data.csv`)
        .expect(200)
    ).text,
  ).toContain(email)

  const known = await reader()
  await suppressAddress(world, { email: 'mute@example.org', reason: 'manual' })
  const answers: string[] = []
  for (const address of [known.email, 'mute@example.org', 'fresh@example.org']) {
    const answer = await post(`${links.PREFERENCES}/address`, { email: address }).expect(303)
    answers.push(String(answer.headers['location']))
    world.clock.advance(11 * 60_000)
  }
  expect(new Set(answers).size).toBe(1)
  world.clock.advance(-11 * 60_000)
  await sendNoted()
  expect(world.sent.map(({ to }) => to.address)).toEqual([email, 'fresh@example.org'])
  const change = linkIn(1, 'address-changes')
  await request(app).get(change).expect(200)
  expect((await row(subscriberId))?.email).toBe(email)
  await request(app).post(change).expect(200)
  await request(app).post(change).expect(200)
  await sendNoted()
  expect((await row(subscriberId))?.email).toBe('fresh@example.org')
  expect(world.sent.map(({ to }) => to.address)).toEqual([email, 'fresh@example.org', email])

  world.clock.advance(3 * 24 * HOUR)
  const later = createLinks(world.keys, '', { subscriberId, issueId: newId(world.clock.now()) })
  await post(`${later.PREFERENCES}/erase`).expect(303)
  await sendNoted()
  const erasure = linkIn(3, 'erasures')
  await request(app).get(erasure).expect(200)
  expect(await row(subscriberId)).toBeDefined()
  await request(app).post(erasure).expect(200)
  await request(app).post(erasure).expect(200)
  expect(await row(subscriberId)).toBeUndefined()
  await request(app).post(links.UNSUBSCRIBE).expect(200)
})

it('changes nothing by reading, and takes no token for another purpose', async () => {
  const { subscriberId } = await reader()
  const paths = {
    unsub: 'u',
    prefs: 'p',
    confirm: 'confirmations',
    download: 'downloads',
    erase: 'erasures',
    address: 'address-changes',
  }
  const purposes = Object.keys(paths) as (keyof typeof paths)[]
  for (const purpose of purposes)
    for (const other of [...purposes, 'webview'] as TokenPurpose[]) {
      if (other === purpose) continue
      const tokens = [
        rowToken(world.keys, other, subscriberId),
        deliveryToken(world.keys, other, { subscriberId, issueId }),
      ]
      for (const token of tokens) {
        await request(app).get(`/${paths[purpose]}/${token}`).expect(404)
        await request(app).post(`/${paths[purpose]}/${token}`).expect(404)
      }
    }
})

it('says “erased” only to who was erased, and that a link ran out to everybody else', async () => {
  const add = (email: string) => addSubscriber(world, { email, listIds: [listId], note: 'fair' })
  const linkFor = async (subscriberId: string) => {
    await askForLink(world, { subscriberId, kind: 'erase', language: 'en' })
    const { mailId } = world.enqueued.at(-1)?.payload as { mailId: string }
    return `/erasures/${rowToken(world.keys, 'erase', mailId)}`
  }
  const [stays, goes] = [await add('stays@example.org'), await add('goes@example.org')]
  const [unused, used] = [await linkFor(stays), await linkFor(goes)]
  await request(app).post(used).expect(200)
  await world.db.deleteFrom('subscriber_mail').execute()
  const { erasedTitle } = messagesFor('en').ownData
  expect((await request(app).get(used).expect(200)).text).toContain(erasedTitle)
  expect((await request(app).get(unused).expect(410)).text).not.toContain(erasedTitle)
  await request(app).post(unused).expect(410)
  const merged = await linkFor(stays)
  const keptId = await add('kept@example.org')
  await mergeSubscribers(world, { keptId, goneId: stays, takeFromGone: [], by: null })
  await request(app).post(merged).expect(410)
})

it('reminds once, welcomes once, and shows the whole procedure', async () => {
  const typed = { email: 'new@example.org', lists: listId, language: 'lt' }
  expect((await postSignUp(world, app, typed, '/join?lang=lt')).status).toBe(200)
  await takeSignUps(world)
  const { confirmationId } = world.enqueued.pop()?.payload as { confirmationId: string }
  await sendConfirmation(world, { confirmationId })
  world.clock.advance(25 * HOUR)
  await remindConfirmations(world)
  expect(world.enqueued.filter(({ name }) => name === 'remind-confirmation')).toHaveLength(1)
  await remindConfirmation(world, { confirmationId })
  await remindConfirmation(world, { confirmationId })
  expect(world.sent.map(({ subject }) => subject)).toEqual([
    'Patvirtinkite prenumeratą: Harbour news',
    'Dar nepatvirtinta: Harbour news',
  ])
  world.enqueued.length = 0
  const link = linkIn(0, 'confirmations')
  await request(app).post(link).expect(200)
  await request(app).post(link).expect(200)
  await sendNoted()
  expect(world.sent.map(({ subject }) => subject).slice(2)).toEqual(['Sveiki: Harbour news'])
  const { id } = await world.db
    .selectFrom('subscriber')
    .select('id')
    .where('email', '=', 'new@example.org')
    .executeTakeFirstOrThrow()
  const desk = await signedInBrowser(world, app, 'coordinator')
  const { text } = await desk.get(`/subscribers/${id}/evidence`).expect(200)
  for (const part of [
    'asked to join',
    'link to confirm was sent',
    'one reminder',
    'The person confirmed',
    `confirm.${confirmationId}`,
  ])
    expect(text).toContain(part)
})
