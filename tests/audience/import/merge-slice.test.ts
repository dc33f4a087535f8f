import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { createList } from '../../../src/audience/create-list.js'
import { FORMER_ADDRESS_REFUSAL } from '../../../src/audience/former-addresses.js'
import { refusedRows } from '../../../src/audience/import/refused-rows.js'
import { mergeSubscribers } from '../../../src/audience/merge-subscribers.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { suppressionHash } from '../../../src/audience/suppression-hash.js'
import { importLines } from '../../helpers/import-lines.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let folder: string
let listId: string
beforeAll(async () => {
  world = await createWorld()
  folder = await mkdtemp(join(tmpdir(), 'carillon-import-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  listId = await createList(world, { name: `Readers ${newId(world.clock.now())}` })
})

const take = (...lines: string[]) => importLines(world, { folder, lines }, { listId })

const add = (email: string) => addSubscriber(world, { email, listIds: [listId], fields: {}, note: 'form' })

async function evidence(subscriber_id: string): Promise<string[]> {
  const events = await world.db
    .selectFrom('consent_event')
    .select(['kind', 'occurred_at'])
    .where('subscriber_id', '=', subscriber_id)
    .orderBy('occurred_at')
    .execute()
  return events.map(({ kind, occurred_at }) => `${kind} ${occurred_at.toISOString().slice(0, 10)}`)
}

it('keeps the times of consent of people who are on the list already, once', async () => {
  const adaId = await add('ada@times.example.org')
  const lines = [
    'Email,Opt-in time,Confirm time',
    'ada@times.example.org,2024-05-31 14:00:00,2024-06-01 08:00:00',
  ]
  expect((await take(...lines)).counts).toEqual([0, 1, 0, 0])
  expect((await take(...lines)).counts).toEqual([0, 0, 1, 0])
  const added = `added ${world.clock.now().toISOString().slice(0, 10)}`
  expect(await evidence(adaId)).toEqual(['requested 2024-05-31', 'confirmed 2024-06-01', added])
})

it('lets a complaint of a file outweigh what a coordinator set, and never the other way round', async () => {
  await suppressAddress(world, { email: 'ada@grave.example.org', reason: 'manual' })
  await suppressAddress(world, { email: 'bo@grave.example.org', reason: 'unsubscribe-all' })
  await take('Email,Status', 'ada@grave.example.org,complained', 'bo@grave.example.org,bounced')
  const rows = await world.db
    .selectFrom('suppression')
    .select(['email_key', 'reason'])
    .where('email_key', 'like', '%@grave.example.org')
    .orderBy('email_key')
    .execute()
  expect(rows).toEqual([
    { email_key: 'ada@grave.example.org', reason: 'complaint' },
    { email_key: 'bo@grave.example.org', reason: 'unsubscribe-all' },
  ])
})

it('writes down no address of somebody who was erased, whatever a file says of them', async () => {
  const [key] = world.keys
  const address_hash = suppressionHash(key, 'gone@erased.example.org')
  const created_at = world.clock.now()
  await world.db
    .insertInto('suppression')
    .values({ id: newId(created_at), address_hash, key_id: key.kid, reason: 'erased', created_at })
    .execute()
  expect((await take('Email,Status', 'gone@erased.example.org,complained')).counts).toEqual([0, 0, 1, 0])
  expect(
    await world.db
      .selectFrom('suppression')
      .selectAll()
      .where('email_key', 'like', '%@erased.example.org')
      .execute(),
  ).toEqual([])
})

it('brings back no address that somebody has given up', async () => {
  const [goneId, keptId] = [await add('old@former.example.org'), await add('new@former.example.org')]
  await mergeSubscribers(world, { goneId, keptId, takeFromGone: [], by: null })
  const { importId, counts } = await take('Email', 'old@former.example.org')
  expect(counts).toEqual([0, 0, 0, 1])
  let text = ''
  for await (const piece of refusedRows(world, importId)) text += piece
  expect(text).toContain(FORMER_ADDRESS_REFUSAL)
})
