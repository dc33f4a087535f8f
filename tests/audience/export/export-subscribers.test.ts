import { parse } from 'csv-parse/sync'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { addSuppressions } from '../../../src/audience/add-suppressions.js'
import { createList } from '../../../src/audience/create-list.js'
import { exportSubscribers } from '../../../src/audience/export/export-subscribers.js'
import { searchSubscribers } from '../../../src/audience/search-subscribers.js'
import { segmentFacts } from '../../../src/audience/segments/segment-facts.js'
import type { SubscriberFilter } from '../../../src/audience/subscriber-filter.js'
import { unsubscribeFromList } from '../../../src/audience/unsubscribe.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let listId: string
beforeAll(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Town news' })
  const people: [string, Record<string, string>, string[]][] = [
    ['Aino.Virtanen@example.org', { FIRSTNAME: 'Aino', CITY: 'Oulu' }, [listId]],
    ['ben@mail.example.com', { FIRSTNAME: "Ben O'Hara $1", CITY: 'Oulu' }, []],
    ['cy@firm.example.net', { CITY: 'Turku' }, [listId]],
    ['di@example.org', { CITY: 'Turku' }, [listId]],
  ]
  for (const [email, fields, listIds] of people)
    await addSubscriber(world, { email, fields, listIds, note: 'form' })
  const di = await world.db
    .selectFrom('subscriber')
    .select('id')
    .where('email_key', '=', 'di@example.org')
    .executeTakeFirstOrThrow()
  await unsubscribeFromList(world, { subscriberId: di.id, listId, channel: 'page' })
  await addSuppressions(world, {
    text: '*.firm.example.net',
    reason: 'manual',
    note: '',
    includesSubdomains: false,
    by: null,
  })
})
afterAll(() => world.close())

type Row = Record<string, string>

async function exported(filter: SubscriberFilter): Promise<Row[]> {
  let text = ''
  for await (const piece of exportSubscribers(world.db, filter)) text += piece
  return parse(text, { columns: true })
}

it('exports the very people whom the page shows', async () => {
  const tree = {
    match: 'all' as const,
    parts: [{ about: 'text' as const, key: 'CITY', test: 'is' as const, value: 'Oulu' }],
  }
  const segment = { tree, facts: await segmentFacts(world.db, world.clock.now()) }
  const filters: [SubscriberFilter, number][] = [
    [{}, 4],
    [{ search: 'virtanen' }, 1],
    [{ search: 'oulu aino' }, 1],
    [{ search: 'turku', listId }, 2],
    [{ search: "o'hara" }, 1],
    [{ listId, status: 'unsubscribed' }, 1],
    [{ status: 'confirmed' }, 2],
    [{ segment }, 2],
    [{ segment, listId }, 1],
  ]
  for (const [filter, people] of filters) {
    const { subscribers } = await searchSubscribers(world, filter)
    const shown = subscribers.map(({ email }) => email).sort()
    expect(shown).toHaveLength(people)
    expect((await exported(filter)).map(({ EMAIL }) => EMAIL).sort()).toEqual(shown)
  }
})

it('says of everybody where they stand, and that a domain is suppressed', async () => {
  const standings = (rows: Row[]) => rows.map(({ EMAIL, STATUS }) => [EMAIL, STATUS])
  expect(standings(await exported({}))).toEqual([
    ['Aino.Virtanen@example.org', 'confirmed'],
    ['ben@mail.example.com', 'nonsubscribed'],
    ['cy@firm.example.net', 'suppressed'],
    ['di@example.org', 'unsubscribed'],
  ])
  expect(standings(await exported({ listId }))).toEqual([
    ['Aino.Virtanen@example.org', 'confirmed'],
    ['cy@firm.example.net', 'suppressed'],
    ['di@example.org', 'unsubscribed'],
  ])
})
