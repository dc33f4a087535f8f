import { newId } from '../../db/uuid.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { changePreferences } from '../../src/audience/change-preferences.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { findConfirmation } from '../../src/audience/find-confirmation.js'
import { lists, publicLists } from '../../src/audience/lists.js'
import { preferences } from '../../src/audience/preferences.js'
import { remindConfirmations } from '../../src/audience/remind-confirmations.js'
import { searchSubscribers } from '../../src/audience/search-subscribers.js'
import { sendConfirmation } from '../../src/audience/send-confirmation.js'
import { subscriberCounts } from '../../src/audience/subscriber-counts.js'
import { suppressAddress } from '../../src/audience/suppress-address.js'
import { unsubscribe, unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { ConflictError, ExpiredError, InvalidError, NotFoundError } from '../../src/errors.js'
import { parseKeyRing } from '../../src/secrets.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const HOUR = 3_600_000
let world: World
let culture: string
let firms: string
let hidden: string
beforeAll(async () => {
  world = await createWorld()
  culture = await createList(world, { name: 'Culture & craft' })
  firms = await createList(world, { name: 'Small firms' })
  hidden = await createList(world, { name: 'Partners', isPublic: false })
  await world.db
    .insertInto('organisation')
    .values({
      id: 1,
      name: 'Bell Project',
      address: '1 Square',
      reason: '',
      copyright: '',
      funding_statement: 'Co-funded',
      website: '',
      from_name: 'Bell',
      from_email: 'news@example.org',
      reply_to: null,
      primary_colour: '#0f4c5c',
      accent_colour: '#c2570c',
    })
    .execute()
})
afterAll(() => world.close())
beforeEach(() => {
  world.enqueued.length = 0
  world.sent.length = 0
})

const add = (email: string, listIds: string[]) => addSubscriber(world, { email, listIds, note: 'Fair 2026' })
const ask = (email: string, listIds: string[]) =>
  signUp(world, { email, listIds, consentText: 'Yes, send me news.', language: 'en' })
const lastId = () => (world.enqueued.at(-1)?.payload as { confirmationId: string }).confirmationId
const send = (confirmationId: string) => sendConfirmation(world, { confirmationId })
const statusesOf = async (email: string) =>
  (
    await world.db
      .selectFrom('subscription')
      .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
      .innerJoin('list', 'list.id', 'list_id')
      .select('status')
      .where('email_key', '=', email)
      .orderBy('list.name')
      .execute()
  ).map((row) => row.status)
const consentsOf = (subscriberId: string) =>
  world.db
    .selectFrom('consent_event')
    .select(['kind', 'channel', 'issue_id', 'note', 'consent_text', 'message_id'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('id')
    .execute()
async function issueTo(...listIds: string[]): Promise<string> {
  const now = world.clock.now()
  const id = newId(now)
  await world.db
    .insertInto('issue')
    .values({
      id,
      status: 'sent',
      title: 'March',
      send_at: null,
      released_at: null,
      fanned_out_at: null,
      finished_at: null,
      paused_by: null,
      created_by: null,
      reply_to: null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await world.db
    .insertInto('issue_list')
    .values(listIds.map((list_id) => ({ issue_id: id, list_id })))
    .execute()
  return id
}

describe('createList and lists', () => {
  it('gives every list a slug of its own', async () => {
    const other = await createWorld()
    await createList(other, { name: 'Ärger & Öl' })
    await createList(other, { name: 'Arger Ol', isPublic: false })
    await createList(other, { name: '新聞' })
    const all = await lists(other)
    expect(all.map((list) => list.slug).sort()).toEqual([
      'arger-ol',
      expect.stringMatching(/^arger-ol-/),
      'list',
    ])
    expect(await publicLists(other)).toHaveLength(2)
    await expect(createList(other, { name: ' ' })).rejects.toThrow(InvalidError)
    await expect(createList(other, { name: 'x'.repeat(201) })).rejects.toThrow(InvalidError)
    await other.close()
  })
})

describe('addSubscriber', () => {
  it('confirms at once, keeps the note as evidence and merges fields', async () => {
    const id = await addSubscriber(world, {
      email: 'Ada@Example.org',
      listIds: [culture],
      note: 'Fair',
      fields: { FIRSTNAME: ' Ada ', CITY: 'Turku' },
    })
    const again = await addSubscriber(world, {
      email: 'ada@example.org',
      listIds: [culture],
      note: 'Fair',
      fields: { CITY: 'Oulu' },
    })
    expect(again).toBe(id)
    const { subscribers } = await searchSubscribers(world, { search: 'ada@' })
    expect(subscribers).toMatchObject([
      {
        id,
        fields: { FIRSTNAME: 'Ada', CITY: 'Oulu' },
        lists: [{ name: 'Culture & craft', status: 'confirmed' }],
        isSuppressed: false,
      },
    ])
    expect(await consentsOf(id)).toEqual([expect.objectContaining({ kind: 'added', note: 'Fair' })])
  })

  it.each([
    [{ email: 'nobody' }, 'email'],
    [{ note: ' ' }, 'note'],
    [{ fields: { SHOE: '41' } }, 'SHOE'],
    [{ fields: { CITY: 'a\r\nb' } }, 'CITY'],
    [{ fields: { CITY: 'x'.repeat(501) } }, 'CITY'],
    [{ listIds: [newId(new Date())] }, 'lists'],
  ])('names what is wrong in %j', async (wrong, field) => {
    const adding = addSubscriber(world, { email: 'wrong@example.org', listIds: [], note: 'Fair', ...wrong })
    await expect(adding).rejects.toMatchObject({ issues: { [field]: expect.any(String) } })
    expect((await searchSubscribers(world, { search: 'wrong@' })).subscribers).toEqual([])
  })

  it('brings back neither a suppressed address nor somebody who left', async () => {
    await suppressAddress(world, { email: 'Gone@example.org', reason: 'hard-bounce' })
    await suppressAddress(world, { email: 'gone@example.org', reason: 'manual' })
    await expect(add('gone@example.org', [culture])).rejects.toThrow(InvalidError)
    const id = await add('left@example.org', [culture])
    await unsubscribeFromList(world, { subscriberId: id, listId: culture, channel: 'admin' })
    await expect(add('left@example.org', [culture])).rejects.toThrow('Culture & craft')
    expect(await statusesOf('left@example.org')).toEqual(['unsubscribed'])
    await ask('left@example.org', [culture])
    await expect(add('left@example.org', [culture])).rejects.toThrow('Culture & craft')
    expect(await statusesOf('left@example.org')).toEqual(['pending'])
    await expect(suppressAddress(world, { email: 'x', reason: 'manual' })).rejects.toThrow(InvalidError)
  })
})

describe('signUp, sendConfirmation, confirmSubscription', () => {
  it('leads from a form to a confirmed subscription with its evidence', async () => {
    await ask('Ben@example.org', [culture, firms])
    expect(await statusesOf('ben@example.org')).toEqual(['pending', 'pending'])
    const id = lastId()
    await send(id)
    await send(id)
    expect(world.sent).toHaveLength(1)
    const [mail] = world.sent
    expect(mail!.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
    expect(mail!.messageId).toMatch(/^<confirm\..*@example\.org>$/)
    const token = /confirmations\/(\S+)$/m.exec(mail!.text)![1]!
    expect(await findConfirmation(world, token)).toEqual({
      maskedEmail: 'B***@e***',
      lists: ['Culture & craft', 'Small firms'],
      standing: 'asked',
      consentTexts: [{ text: 'Yes, send me news.', language: 'en' }],
      languages: [null, 'en'],
    })
    const first = await confirmSubscription(world, token)
    expect(await confirmSubscription(world, token)).toEqual(first)
    expect(await statusesOf('ben@example.org')).toEqual(['confirmed', 'confirmed'])
    const { subscribers } = await searchSubscribers(world, { search: 'ben@' })
    expect((await consentsOf(subscribers[0]!.id)).map((event) => event.kind).sort()).toEqual([
      'confirmed',
      'confirmed',
      'requested',
      'requested',
    ])
    world.clock.advance(100 * HOUR)
    expect(await confirmSubscription(world, token)).toEqual(first)
  })

  it('answers the same for known, confirmed and suppressed people and mails them nothing new', async () => {
    await add('cleo@example.org', [culture])
    await ask('cleo@example.org', [culture])
    await suppressAddress(world, { email: 'mute@example.org', reason: 'complaint' })
    await ask('mute@example.org', [culture])
    expect(world.enqueued).toEqual([])
    await ask('dov@example.org', [culture])
    await ask('DOV@example.org', [culture])
    expect(world.enqueued).toHaveLength(1)
    world.clock.advance(11 * 60_000)
    await ask('dov@example.org', [culture])
    expect(world.enqueued).toHaveLength(2)
  })

  it('starts somebody who left at pending again', async () => {
    const id = await add('finn@example.org', [culture])
    await unsubscribeFromList(world, { subscriberId: id, listId: culture, channel: 'page' })
    await ask('finn@example.org', [culture])
    expect(await statusesOf('finn@example.org')).toEqual(['pending'])
  })

  it('runs out after 48 hours', async () => {
    await ask('gil@example.org', [culture])
    const token = confirmationToken(world.keys, lastId())
    world.clock.advance(48 * HOUR)
    await expect(findConfirmation(world, token)).rejects.toThrow(ExpiredError)
    await expect(confirmSubscription(world, token)).rejects.toThrow(ExpiredError)
    await send(lastId())
    expect(world.sent).toEqual([])
    expect(await statusesOf('gil@example.org')).toEqual(['pending'])
    await expect(findConfirmation(world, 'v1.x')).rejects.toThrow(NotFoundError)
  })

  it.each(['deferred', 'unavailable'] as const)('tries again with the same link when %s', async (kind) => {
    const email = `${kind}@example.org`
    const reply = { stage: 'data', code: 451, enhancedCode: null, text: '451 Later' } as const
    world.outcomes.set(email, [{ kind, reply } as Outcome])
    await ask(email, [culture])
    await expect(send(lastId())).rejects.toThrow('could not be sent yet')
    await send(lastId())
    expect(world.sent[0]!.text).toContain(confirmationToken(world.keys, lastId()))
  })

  it('gives up on an address that is refused, and on a retired key', async () => {
    const reply = { stage: 'recipient', code: 550, enhancedCode: '5.1.1', text: '550' } as const
    world.outcomes.set('hal@example.org', [{ kind: 'rejected', reply }])
    await ask('hal@example.org', [culture])
    await send(lastId())
    await send(lastId())
    expect(world.sent).toEqual([])
    await ask('ida@example.org', [culture])
    const keys = parseKeyRing(`other:${'ab'.repeat(32)}`)
    await expect(sendConfirmation({ ...world, keys }, { confirmationId: lastId() })).rejects.toThrow(
      ConflictError,
    )
    await expect(send(newId(new Date()))).rejects.toThrow(NotFoundError)
  })

  it('enqueues again what was forgotten', async () => {
    await world.db.updateTable('confirmation').set({ sent_at: world.clock.now() }).execute()
    await ask('jo@example.org', [culture])
    const id = lastId()
    expect(await remindConfirmations(world)).toBe(0)
    world.clock.advance(3 * 60_000)
    expect(await remindConfirmations(world)).toBe(1)
    expect(lastId()).toBe(id)
  })
})

describe('unsubscribe', () => {
  it('leaves the lists of the issue and no other, once', async () => {
    const subscriberId = await add('kim@example.org', [culture, firms, hidden])
    const issueId = await issueTo(culture, hidden)
    const answer = await unsubscribe(world, { subscriberId, issueId, channel: 'one-click' })
    expect(answer).toMatchObject({
      maskedEmail: 'k***@e***',
      lists: [
        { name: 'Culture & craft', isOn: false },
        { name: 'Partners', isOn: false },
      ],
    })
    expect(await unsubscribe(world, { subscriberId, issueId, channel: 'page' })).toEqual(answer)
    expect(await statusesOf('kim@example.org')).toEqual(['unsubscribed', 'unsubscribed', 'confirmed'])
    const withdrawn = (await consentsOf(subscriberId)).filter((event) => event.kind === 'withdrawn')
    expect(withdrawn).toMatchObject([
      { channel: 'one-click', issue_id: issueId },
      { channel: 'one-click', issue_id: issueId },
    ])
  })

  it('leaves everything when the issue is gone, and answers for an erased person', async () => {
    const subscriberId = await add('lea@example.org', [culture])
    const nowhere = newId(new Date())
    await unsubscribe(world, { subscriberId, issueId: nowhere, channel: 'page' })
    expect(await statusesOf('lea@example.org')).toEqual(['unsubscribed'])
    expect(await unsubscribe(world, { subscriberId: nowhere, issueId: nowhere, channel: 'page' })).toEqual({
      maskedEmail: null,
      language: null,
      lists: [],
    })
  })
})

describe('preferences', () => {
  it('shows public lists and those of the issue, leaves at once and joins by mail', async () => {
    const subscriberId = await add('mia@example.org', [culture, hidden])
    const ids = { subscriberId, issueId: await issueTo(culture) }
    expect(
      (await preferences({ ...world, now: world.clock.now() }, ids)).lists.map((list) => [
        list.name,
        list.status,
      ]),
    ).toEqual([
      ['Culture & craft', 'confirmed'],
      ['Small firms', null],
    ])
    expect(await changePreferences(world, { ...ids, listIds: [firms], consentText: 'Yes' })).toEqual({
      isAsking: true,
    })
    expect(await statusesOf('mia@example.org')).toEqual(['unsubscribed', 'confirmed', 'pending'])
    expect(world.enqueued).toHaveLength(1)
    expect(await changePreferences(world, { ...ids, listIds: [firms], consentText: 'Yes' })).toEqual({
      isAsking: false,
    })
    await expect(
      preferences({ ...world, now: world.clock.now() }, { ...ids, subscriberId: ids.issueId }),
    ).rejects.toThrow(NotFoundError)
  })
})

describe('searchSubscribers and subscriberCounts', () => {
  it('pages through everybody once, filters and counts', async () => {
    const other = await createWorld()
    const list = await createList(other, { name: 'All' })
    const note = 'Fair'
    for (const name of ['a', 'b', 'c', 'd_x', 'e']) {
      other.clock.advance(1000)
      await addSubscriber(other, {
        email: `${name}@example.org`,
        listIds: name === 'e' ? [] : [list],
        note,
        fields: { CITY: `Town ${name}` },
      })
    }
    const first = await searchSubscribers(other, { limit: 3 })
    const second = await searchSubscribers(other, { limit: 3, after: first.next! })
    expect([...first.subscribers, ...second.subscribers].map((row) => row.email[0])).toEqual([
      'e',
      'd',
      'c',
      'b',
      'a',
    ])
    expect(second.next).toBeNull()
    const found = async (search: string) => (await searchSubscribers(other, { search })).subscribers.length
    expect([await found('town c'), await found('D_'), await found('a_'), await found('%')]).toEqual([
      1, 1, 0, 0,
    ])
    expect((await searchSubscribers(other, { listId: list, status: 'confirmed' })).subscribers).toHaveLength(
      4,
    )
    expect((await searchSubscribers(other, { status: 'pending' })).subscribers).toEqual([])
    await signUp(other, { email: 'p@example.org', listIds: [list], consentText: 'Yes', language: 'en' })
    await suppressAddress(other, { email: 'a@example.org', reason: 'manual' })
    expect(await subscriberCounts(other)).toEqual({ total: 6, confirmed: 4, pending: 1, suppressed: 1 })
    await other.close()
  })
})
