import { sql } from 'kysely'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { createList } from '../../src/audience/create-list.js'
import { searchSubscribers } from '../../src/audience/search-subscribers.js'
import {
  hasWordIndex,
  leaveOutWordIndex,
  mendWordIndex,
  remindWordIndex,
} from '../../src/audience/word-index.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listId: string
beforeAll(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Town news' })
  const fields = { CITY: 'Rovaniemi' }
  await addSubscriber(world, { email: 'aino@example.org', fields, listIds: [listId], note: 'form' })
})
afterAll(() => world.close())
beforeEach(() => mendWordIndex(world))

const found = async (search: string) => (await searchSubscribers(world, { search })).subscribers.length

it('is kept up for a few new people, and left out for many', async () => {
  expect(await leaveOutWordIndex(world.db, 49_999)).toBe(false)
  expect(await hasWordIndex(world.db)).toBe(true)
  expect(await leaveOutWordIndex(world.db, 50_000)).toBe(true)
  expect(await hasWordIndex(world.db)).toBe(false)
})

it('is kept up for many who are few beside all', async () => {
  await sql`update pg_class set reltuples = 1000000 where oid = 'subscriber'::regclass`.execute(world.db)
  expect(await leaveOutWordIndex(world.db, 200_000)).toBe(false)
  expect(await leaveOutWordIndex(world.db, 250_000)).toBe(true)
  await sql`analyze subscriber`.execute(world.db)
})

it('gives way to whoever reads people at the moment', async () => {
  await world.db.transaction().execute(async (tx) => {
    await tx.selectFrom('subscriber').select('id').execute()
    expect(await leaveOutWordIndex(world.db, 50_000)).toBe(false)
  })
  expect(await hasWordIndex(world.db)).toBe(true)
})

it('is made again, and finds parts of words as before; meanwhile the beginning of an address is found', async () => {
  await leaveOutWordIndex(world.db, 50_000)
  expect([await found('vaniem'), await found('aino@')]).toEqual([0, 1])
  await mendWordIndex(world)
  expect([await found('vaniem'), await found('aino@')]).toEqual([1, 1])
})

it('is made again after one that was never finished', async () => {
  await sql`update pg_index set indisvalid = false where indexrelid = 'subscriber_words'::regclass`.execute(
    world.db,
  )
  expect(await found('vaniem')).toBe(0)
  await mendWordIndex(world)
  expect(await found('vaniem')).toBe(1)
})

it('waits until no import is under way', async () => {
  await leaveOutWordIndex(world.db, 50_000)
  const { id } = await world.db
    .insertInto('import')
    .values({
      id: listId,
      file_name: 'people.csv',
      is_uploaded: true,
      status: 'running',
      created_at: world.clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await remindWordIndex(world)
  await mendWordIndex(world)
  expect(await hasWordIndex(world.db)).toBe(false)
  await world.db.updateTable('import').set({ status: 'finished' }).where('id', '=', id).execute()
  await mendWordIndex(world)
  expect(await hasWordIndex(world.db)).toBe(true)
})
