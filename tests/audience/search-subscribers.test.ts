import { sql } from 'kysely'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { countPeople, samplePeople } from '../../src/audience/count-people.js'
import { createList } from '../../src/audience/create-list.js'
import { searchSubscribers } from '../../src/audience/search-subscribers.js'
import { fitsFilter } from '../../src/audience/subscriber-filter.js'
import { hasWordIndex } from '../../src/audience/word-index.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listId: string
beforeAll(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Town news' })
  const people: [string, Record<string, string>, string[]][] = [
    ['Aino.Virtanen@example.org', { FIRSTNAME: 'Aino', CITY: 'Oulu' }, [listId]],
    ['ben@mail.example.com', { FIRSTNAME: 'Ben', CITY: 'Äänekoski' }, []],
    ['percent%under_score@example.net', { CITY: 'a "quoted" \\ town' }, []],
  ]
  for (const [email, fields, listIds] of people)
    await addSubscriber(world, { email, fields, listIds, note: 'form' })
})
afterAll(() => world.close())

async function found(search: string): Promise<string[]> {
  const { subscribers } = await searchSubscribers(world, { search })
  return subscribers.map(({ email }) => email.split(/[.@%]/)[0]?.toLowerCase() ?? '').sort()
}

it.each([
  ['virtanen', ['aino']],
  ['AINO oulu', ['aino']],
  ['aino äänekoski', []],
  ['ÄÄNE', ['ben']],
  ['mail.example', ['ben']],
  ['example', ['aino', 'ben', 'percent']],
  ['ai', ['aino']],
  ['ou', ['aino']],
  ['cent%', ['percent']],
  ['cent_', []],
  ['under_', ['percent']],
  ['"quoted"', ['percent']],
  ['CITY', []],
  ['', ['aino', 'ben', 'percent']],
])('finds by parts of words: %s', async (search, emails) => {
  expect(await found(search)).toEqual(emails)
})

it('is answered by the index of trigrams', async () => {
  expect(await hasWordIndex(world.db)).toBe(true)
  const plan = await world.db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    const fits = fitsFilter({ search: 'virtanen' }, { byWords: true })
    return tx.selectFrom('subscriber as p').select('p.id').where(fits).explain()
  })
  expect(JSON.stringify(plan)).toContain('subscriber_words')
})

it('counts exactly in time, else by a sample, and says which', async () => {
  expect(await countPeople(world, { listId }, 5000)).toEqual({ count: 1, isExact: true })
  await sql`
    insert into subscriber (id, email, email_key, fields, created_at)
    select gen_random_uuid(), 'n' || n || '@example.org', 'n' || n || '@example.org', '{}', now()
    from generate_series(1, 30000) n`.execute(world.db)
  await sql`vacuum analyze subscriber`.execute(world.db)
  const judged = await countPeople(world, { search: 'example.org' }, 1)
  expect(judged?.isExact).toBe(false)
  expect(judged?.count).toBeGreaterThan(20_000)
  expect(judged?.count).toBeLessThan(40_000)
  const sample = await samplePeople(world, { search: 'virtanen' }, { most: 10, milliseconds: 5000 })
  expect(sample).toHaveLength(1)
})

it('never takes a table for empty that PostgreSQL has not looked at yet', async () => {
  const fresh = await createWorld()
  await sql`
    insert into subscriber (id, email, email_key, fields, created_at)
    select gen_random_uuid(), 'n' || n || '@example.org', 'n' || n || '@example.org', '{}', now()
    from generate_series(1, 30000) n`.execute(fresh.db)
  const judged = await countPeople(fresh, { search: 'example.org' }, 1)
  await fresh.close()
  expect(judged?.isExact).toBe(false)
  expect(judged?.count).toBeGreaterThan(20_000)
  expect(judged?.count).toBeLessThan(40_000)
})

it('looks at the beginning of addresses where PostgreSQL has no trigrams', async () => {
  await sql`drop index subscriber_words`.execute(world.db)
  expect(await found('aino.v')).toEqual(['aino'])
  expect(await found('virtanen')).toEqual([])
})
