import { newId } from '../../db/uuid.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { addSuppressions } from '../../src/audience/add-suppressions.js'
import { beginBulkAct, findBulkAct, undoBulkAct } from '../../src/audience/bulk/begin-bulk-act.js'
import type { BulkScope, BulkWhat } from '../../src/audience/bulk/bulk-act.js'
import { remindBulkActs, runBulkAct } from '../../src/audience/bulk/run-bulk-act.js'
import { createList } from '../../src/audience/create-list.js'
import { suppressAddress } from '../../src/audience/suppress-address.js'
import { suppressionHash } from '../../src/audience/suppression-hash.js'
import { unsubscribe, unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { ConflictError, InvalidError } from '../../src/errors.js'
import { purge } from '../../src/operations/retention/purge.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listId: string
let ids: string[]
beforeEach(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Town news' })
  ids = []
  for (const name of ['ada', 'ben', 'cleo', 'dov']) {
    const fields = { CITY: name === 'dov' ? 'Turku' : 'Oulu' }
    ids.push(await addSubscriber(world, { email: `${name}@example.org`, listIds: [], note: 'form', fields }))
  }
})
afterEach(() => world.close())

async function done(what: BulkWhat, scope: BulkScope): Promise<string> {
  world.clock.advance(60_000)
  const id = await beginBulkAct(world, { what, scope, expected: null, by: null })
  await runBulkAct(world, id)
  return id
}
async function undone(id: string): Promise<void> {
  world.clock.advance(60_000)
  await undoBulkAct(world, id, null)
  await runBulkAct(world, id)
}
const add = (): BulkWhat => ({ kind: 'add-to-list', listId, note: 'They agreed at the fair' })
const standings = async () => {
  const rows = await world.db
    .selectFrom('subscriber')
    .leftJoin('subscription', 'subscription.subscriber_id', 'subscriber.id')
    .select(['email', 'status'])
    .orderBy('email')
    .execute()
  return Object.fromEntries(rows.map(({ email, status }) => [email.split('@')[0], status]))
}

it('adds all whom a search finds to a list, but nobody who has left it or is suppressed, and takes it back', async () => {
  await addSubscriber(world, { email: 'ada@example.org', listIds: [listId], note: 'form' })
  await unsubscribeFromList(world, { subscriberId: ids[0] ?? '', listId, channel: 'page' })
  await suppressAddress(world, { email: 'ben@example.org', reason: 'complaint' })
  const id = await done(add(), { search: 'oulu' })
  expect(await standings()).toEqual({ ada: 'unsubscribed', ben: null, cleo: 'confirmed', dov: null })
  expect(await findBulkAct(world, id)).toMatchObject({ status: 'done', seen: 3, changed: 1, scope: null })
  const evidence = await world.db
    .selectFrom('consent_event')
    .select(['kind', 'channel', 'note'])
    .where('subscriber_id', '=', ids[2] ?? '')
    .execute()
  expect(evidence).toEqual([{ kind: 'added', channel: 'coordinator', note: 'They agreed at the fair' }])
  await undone(id)
  expect(await standings()).toMatchObject({ cleo: null })
  expect(await findBulkAct(world, id)).toMatchObject({ status: 'undone', undone: 1 })
  await expect(undoBulkAct(world, id, null)).rejects.toThrow(ConflictError)
})

it('adds who waits for the first time or was taken back, but nobody who has left and not confirmed coming back', async () => {
  const asks = (email: string) =>
    signUp(world, { email, listIds: [listId], consentText: 'Yes', language: 'en' })
  await addSubscriber(world, { email: 'ada@example.org', listIds: [listId], note: 'form' })
  await unsubscribeFromList(world, { subscriberId: ids[0] ?? '', listId, channel: 'one-click' })
  for (const name of ['ada', 'ben', 'cleo']) await asks(`${name}@example.org`)
  await undone(await done(add(), { ids: ids.slice(2, 3) }))
  expect(await standings()).toEqual({ ada: 'pending', ben: 'pending', cleo: 'pending', dov: null })
  await done(add(), { ids })
  expect(await standings()).toEqual({
    ada: 'pending',
    ben: 'confirmed',
    cleo: 'confirmed',
    dov: 'confirmed',
  })
})

it('puts who was waiting back as somebody who waits, and never says that they left', async () => {
  await signUp(world, { email: 'ben@example.org', listIds: [listId], consentText: 'Yes', language: 'en' })
  const id = await done(add(), { ids: ids.slice(0, 2) })
  expect(await standings()).toMatchObject({ ada: 'confirmed', ben: 'confirmed' })
  await undone(id)
  expect(await standings()).toMatchObject({ ada: null, ben: 'pending' })
  const events = await world.db.selectFrom('consent_event').select('kind').orderBy('id').execute()
  expect(events.map(({ kind }) => kind).sort()).toEqual([
    'add-undone',
    'add-undone',
    'added',
    'added',
    'requested',
  ])
  world.clock.advance(30 * 24 * 3_600_000)
  await purge(world)
  expect(await standings()).toMatchObject({ ada: null, ben: null })
})

it('takes those ticked off a list for good', async () => {
  await done(add(), { ids: ids.slice(0, 3) })
  const id = await done({ kind: 'remove-from-list', listId }, { ids: ids.slice(1, 4) })
  const expected = { ada: 'confirmed', ben: 'unsubscribed', cleo: 'unsubscribed', dov: null }
  expect(await standings()).toEqual(expected)
  expect((await findBulkAct(world, id)).changed).toBe(2)
  await expect(undoBulkAct(world, id, null)).rejects.toThrow('This cannot be taken back.')
})

it('sets a field, and gives everybody back what they had, but nobody who has changed it since', async () => {
  const id = await done({ kind: 'set-field', key: 'CITY', value: ' Vaasa ' }, { search: '' })
  const cities = async () => {
    const rows = await world.db.selectFrom('subscriber').select('fields').orderBy('email').execute()
    return rows.map(({ fields }) => fields['CITY'])
  }
  expect(await cities()).toEqual(['Vaasa', 'Vaasa', 'Vaasa', 'Vaasa'])
  const moved = { fields: JSON.stringify({ CITY: 'Kemi' }) }
  await world.db
    .updateTable('subscriber')
    .set(moved)
    .where('id', '=', ids[0] ?? '')
    .execute()
  await undone(id)
  expect(await cities()).toEqual(['Kemi', 'Oulu', 'Oulu', 'Turku'])
  const unknown = { kind: 'set-field', key: 'NOTHING', value: 'x' } as const
  await expect(done(unknown, { search: '' })).rejects.toThrow(InvalidError)
})

it('suppresses, and lifts only what it suppressed itself', async () => {
  await suppressAddress(world, { email: 'ada@example.org', reason: 'complaint' })
  const id = await done({ kind: 'suppress', note: 'moved away' }, { ids: ids.slice(0, 2) })
  const reasons = async () => {
    const rows = await world.db.selectFrom('suppression').select('reason').orderBy('created_at').execute()
    return rows.map(({ reason }) => reason)
  }
  expect(await reasons()).toEqual(['complaint', 'manual'])
  await undone(id)
  expect(await reasons()).toEqual(['complaint'])
})

it('takes back no suppression that the person has asked for since', async () => {
  const id = await done({ kind: 'suppress', note: 'moved away' }, { ids: ids.slice(0, 2) })
  const never = {
    subscriberId: ids[0] ?? '',
    issueId: newId(world.clock.now()),
    channel: 'page',
    scope: 'never',
  } as const
  await unsubscribe(world, never)
  await undone(id)
  const left = await world.db.selectFrom('suppression').select(['email_key', 'reason', 'note']).execute()
  expect(left).toEqual([{ email_key: 'ada@example.org', reason: 'unsubscribe-all', note: 'moved away' }])
})

it('reaches nobody who came later, is reminded after a crash, and is forgotten in time', async () => {
  const id = await beginBulkAct(world, { what: add(), scope: { search: '' }, expected: 4, by: null })
  world.clock.advance(60_000)
  await addSubscriber(world, { email: 'eve@example.org', listIds: [], note: 'form' })
  world.enqueued.length = 0
  await remindBulkActs(world)
  expect(world.enqueued).toEqual([{ name: 'bulk-act', payload: { actId: id }, delayMs: 0 }])
  await runBulkAct(world, id)
  expect(await standings()).toMatchObject({ dov: 'confirmed', eve: null })
  world.clock.advance(31 * 24 * 3_600_000)
  await purge(world)
  expect(await world.db.selectFrom('bulk_change').selectAll().execute()).toEqual([])
})

it('adds nobody who was erased and has not confirmed since, nor anybody below a suppressed domain', async () => {
  const [newest] = world.keys
  const row = { email_key: null, reason: 'erased' as const, created_at: world.clock.now() }
  await world.db
    .insertInto('suppression')
    .values({
      ...row,
      id: newId(world.clock.now()),
      address_hash: suppressionHash(newest, 'ada@example.org'),
      key_id: newest.kid,
    })
    .execute()
  const below = await addSubscriber(world, { email: 'eve@mail.example.net', listIds: [], note: 'form' })
  const text = '*.example.net'
  await addSuppressions(world, { text, reason: 'manual', note: '', includesSubdomains: false, by: null })
  const id = await done(add(), { ids: [...ids, below] })
  expect(await standings()).toEqual({
    ada: null,
    ben: 'confirmed',
    cleo: 'confirmed',
    dov: 'confirmed',
    eve: null,
  })
  expect(await findBulkAct(world, id)).toMatchObject({ seen: 5, changed: 3 })
})
