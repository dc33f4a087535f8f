import fc from 'fast-check'
import { newId } from '../../../db/uuid.js'
import { matchesSegment } from '../../../src/audience/segments/matches-segment.js'
import { segmentFacts } from '../../../src/audience/segments/segment-facts.js'
import { type Condition, type Group, SegmentTree } from '../../../src/audience/segments/segment-tree.js'
import { createWorld, type World } from '../../helpers/world.js'
import { isIn, type Person } from './evaluate.js'

const NOW = new Date('2026-03-02T09:00:00Z')
const DAY = 24 * 3_600_000
const MONTHS = ['2026-01-01', '2026-02-01', '2026-03-01']
const uuid = (number: number) => `0195${String(number).padStart(4, '0')}-0000-7000-8000-000000000000`
const LISTS = [1, 2, 3].map(uuid)
const ISSUES = [11, 12, 13, 14].map(uuid)
/** On its way: not yet one of the last issues. */
const UNFINISHED = uuid(15)

let world: World
beforeAll(async () => {
  world = await createWorld()
  const { db } = world
  for (const id of LISTS)
    await db
      .insertInto('list')
      .values({ id, slug: `l${id.slice(4, 8)}`, name: id, created_at: NOW })
      .execute()
  for (const [at, id] of [...ISSUES, UNFINISHED].entries()) {
    const releasedAt = new Date(NOW.getTime() - (40 - at * 8) * DAY)
    const row = { id, title: id, status: 'sent' as const, created_at: NOW, updated_at: NOW }
    const month = `${releasedAt.toISOString().slice(0, 7)}-01`
    const fannedOut = id === UNFINISHED ? null : releasedAt
    await db
      .insertInto('issue')
      .values({ ...row, released_at: releasedAt, ledger_month: month, fanned_out_at: fannedOut })
      .execute()
  }
  const { ensureLedgerMonth } = await import('../../../src/delivery/ledger-months.js')
  for (const month of MONTHS) await ensureLedgerMonth(db, month)
})
afterAll(() => world.close())

const word = fc.constantFrom(
  'Oulu',
  'oulu',
  'Äänekoski',
  'ÄÄNE',
  'a',
  '%',
  '_',
  "O'Brien",
  'x"y',
  '\\',
  'Oulu 2',
  '',
)
const number = fc.oneof(
  fc.constantFrom('0', '-1', '42', '42.5', '0.000000001', '999999999999999'),
  fc.integer({ min: -50, max: 50 }).map(String),
)
const day = fc
  .integer({ min: -60, max: 60 })
  .map((days) => new Date(NOW.getTime() + days * DAY).toISOString().slice(0, 10))
const fieldValue = fc.oneof(
  word,
  number,
  day,
  fc.constantFrom('yes', 'no', 'Red', 'Blue', '2026-02-31', '1e5'),
)
const language = fc.constantFrom('fi', 'pt', 'pt-BR', 'pt-br', 'p', 'en')
const zone = fc.constantFrom('Europe/Helsinki', 'UTC')
const KEYS = ['CITY', 'AGE', 'BORN', 'MEMBER', 'COLOUR']

const person: fc.Arbitrary<Person> = fc
  .record({
    number: fc.integer({ min: 0, max: 10_000_000 }),
    local: fc.constantFrom('ada', 'Ben', 'c.leo+1', 'ä'),
    domain: fc.constantFrom('example.org', 'example.com', 'sub.example.org'),
    fields: fc.dictionary(fc.constantFrom(...KEYS), fieldValue),
    language: fc.option(language),
    time_zone: fc.option(zone),
    age: fc.integer({ min: 0, max: 90 * 24 }),
    statuses: fc.tuple(
      ...LISTS.map(() => fc.option(fc.constantFrom('pending', 'confirmed', 'unsubscribed'))),
    ),
    outcomes: fc.tuple(
      ...[...ISSUES, UNFINISHED].map(() =>
        fc.option(
          fc.record({
            status: fc.constantFrom('pending', 'accepted', 'rejected', 'skipped'),
            bounced: fc.boolean(),
          }),
        ),
      ),
    ),
  })
  .map(({ number, local, domain, age, statuses, outcomes, ...rest }) => {
    const email = `${local}.${number}@${domain}`
    return {
      ...rest,
      id: newId(NOW),
      email,
      email_key: email.toLowerCase(),
      created_at: new Date(NOW.getTime() - age * 3_600_000),
      subscriptions: LISTS.flatMap((list_id, at) => {
        const status = statuses[at]
        return status ? [{ list_id, status: status as 'pending' }] : []
      }),
      deliveries: [...ISSUES, UNFINISHED].flatMap((issue_id, at) => {
        const one = outcomes[at]
        return one
          ? [{ issue_id, status: one.status as 'accepted', bounced_at: one.bounced ? NOW : null }]
          : []
      }),
    }
  })

const key = fc.constantFrom(...KEYS)
const line = word.filter((text) => text !== '')
const days = fc.integer({ min: 1, max: 60 })
const last = fc.integer({ min: 1, max: 5 })
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    about: fc.constant('text' as const),
    key,
    test: fc.constantFrom('is', 'is-not', 'contains', 'contains-not', 'begins'),
    value: line,
  }),
  fc.record({
    about: fc.constant('number' as const),
    key,
    test: fc.constantFrom('is', 'is-not', 'below', 'at-most', 'above', 'at-least'),
    value: number,
  }),
  fc.record({
    about: fc.constant('date' as const),
    key,
    test: fc.constantFrom('on', 'before', 'after'),
    value: day,
  }),
  fc.record({ about: fc.constant('date-days' as const), key, test: fc.constantFrom('last', 'next'), days }),
  fc.record({ about: fc.constant('yes-no' as const), key, test: fc.constantFrom('yes', 'no') }),
  fc.record({
    about: fc.constant('choice' as const),
    key,
    test: fc.constantFrom('one-of', 'none-of'),
    values: fc.array(fc.constantFrom('Red', 'Blue', 'Oulu'), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ about: fc.constant('filled' as const), key, test: fc.constantFrom('filled', 'empty') }),
  fc.record({
    about: fc.constant('address' as const),
    test: fc.constantFrom('is', 'contains', 'begins'),
    value: fc.constantFrom('ADA.', 'ben', '@sub', '%', 'ä'),
  }),
  fc.record({
    about: fc.constant('domain' as const),
    test: fc.constantFrom('is', 'is-not'),
    value: fc.constantFrom('example.org', 'Sub.Example.org', 'nowhere'),
  }),
  fc.record({
    about: fc.constant('list' as const),
    test: fc.constantFrom('on', 'waiting', 'not-on', 'left'),
    listId: fc.constantFrom(...LISTS),
  }),
  fc.record({
    about: fc.constant('language' as const),
    test: fc.constantFrom('is', 'is-not'),
    value: language,
  }),
  fc.record({ about: fc.constant('language-known' as const), test: fc.constantFrom('known', 'unknown') }),
  fc.record({ about: fc.constant('time-zone' as const), test: fc.constantFrom('is', 'is-not'), value: zone }),
  fc.record({ about: fc.constant('time-zone-known' as const), test: fc.constantFrom('known', 'unknown') }),
  fc.record({
    about: fc.constant('signed-up' as const),
    test: fc.constantFrom('on', 'before', 'after'),
    value: day,
  }),
  fc.record({
    about: fc.constant('signed-up-days' as const),
    test: fc.constantFrom('within', 'longer-ago'),
    days,
  }),
  fc.record({
    about: fc.constant('received' as const),
    test: fc.constantFrom('at-least', 'at-most'),
    count: fc.integer({ min: 0, max: 4 }),
    last,
  }),
  fc.record({
    about: fc.constant('issue' as const),
    test: fc.constantFrom('got', 'did-not-get'),
    issueId: fc.constantFrom(...ISSUES, UNFINISHED),
  }),
  fc.record({ about: fc.constant('refused' as const), test: fc.constantFrom('some', 'none'), last }),
)
const group = (parts: fc.Arbitrary<Condition | Group>) =>
  fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    parts: fc.array(parts, { minLength: 1, maxLength: 4 }),
  })
const tree: fc.Arbitrary<Group> = group(fc.oneof(condition, group(fc.oneof(condition, group(condition)))))

it('means in the database what it means in plain words, for random people and random segments', async () => {
  const facts = await segmentFacts(world.db, NOW)
  expect(facts.recent.map(({ id }) => id)).toEqual([...ISSUES].reverse())
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { minLength: 1, maxLength: 25, selector: ({ email_key }) => email_key }),
      fc.array(tree, { minLength: 1, maxLength: 8 }),
      async (people, trees) => {
        await keep(people)
        for (const given of trees) {
          const read = SegmentTree.parse(JSON.parse(JSON.stringify(given)))
          const found = await world.db
            .selectFrom('subscriber as p')
            .select('p.id')
            .where(matchesSegment(read, facts))
            .execute()
          const expected = people.filter((one) => isIn(read, one, facts)).map(({ id }) => id)
          expect(found.map(({ id }) => id).sort()).toEqual(expected.sort())
        }
      },
    ),
    { numRuns: 80 },
  )
})

it('is never null, and takes values as parameters only', async () => {
  const facts = await segmentFacts(world.db, NOW)
  const query = world.db
    .selectFrom('subscriber as p')
    .select('p.id')
    .where(
      matchesSegment(
        {
          match: 'any',
          parts: [{ about: 'text', key: 'CITY', test: 'is', value: "'; drop table subscriber" }],
        },
        facts,
      ),
    )
    .compile()
  expect(query.sql).toBe(
    `select "p"."id" from "subscriber" as "p" where coalesce(lower(coalesce(p.fields ->> $1, '')) = lower($2::text), false)`,
  )
  expect(query.parameters).toEqual(['CITY', "'; drop table subscriber"])
})

async function keep(people: readonly Person[]): Promise<void> {
  const { db } = world
  await db.deleteFrom('subscriber').execute()
  for (const { subscriptions, deliveries, fields, ...row } of people) {
    await db
      .insertInto('subscriber')
      .values({ ...row, fields: JSON.stringify(fields) })
      .execute()
    const on = subscriptions.map((one) => ({
      ...one,
      subscriber_id: row.id,
      created_at: NOW,
      confirmed_at: null,
      unsubscribed_at: null,
      unsubscribe_channel: null,
      unsubscribe_issue_id: null,
    }))
    if (on.length > 0) await db.insertInto('subscription').values(on).execute()
    for (const { issue_id, ...outcome } of deliveries) {
      const { ledger_month } = await db
        .selectFrom('issue')
        .select('ledger_month')
        .where('id', '=', issue_id)
        .executeTakeFirstOrThrow()
      const named = { id: newId(NOW), issue_id, month: ledger_month ?? '', subscriber_id: row.id }
      await db
        .insertInto('delivery')
        .values({ ...named, ...outcome })
        .execute()
    }
  }
}
