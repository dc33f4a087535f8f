import { sql } from 'kysely'
import { newId } from '../../db/uuid.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { createList } from '../../src/audience/create-list.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listId: string
let personId: string
beforeAll(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Town news' })
})
beforeEach(async () => {
  const email = `${newId(world.clock.now())}@example.org`
  personId = await addSubscriber(world, { email, fields: {}, listIds: [listId], note: 'form' })
})
afterAll(() => world.close())

const nobody = newId(new Date())
const subscription = (rows: { list_id: string; subscriber_id: string }[]) =>
  world.db
    .insertInto('subscription')
    .values(rows.map((row) => ({ ...row, status: 'pending' as const, created_at: world.clock.now() })))
    .execute()
const consent = (row: { list_id: string | null; subscriber_id: string }) =>
  world.db
    .insertInto('consent_event')
    .values({
      id: newId(new Date()),
      kind: 'added',
      channel: 'admin',
      occurred_at: world.clock.now(),
      ...row,
    })
    .execute()

it.each([
  ['person', () => subscription([{ list_id: listId, subscriber_id: nobody }])],
  ['list', () => subscription([{ list_id: nobody, subscriber_id: personId }])],
  ['person', () => consent({ list_id: listId, subscriber_id: nobody })],
  ['list', () => consent({ list_id: nobody, subscriber_id: personId })],
])('refuses a subscription or consent without its %s', async (_what, insert) => {
  await expect(insert()).rejects.toMatchObject({ code: '23503' })
})

it('refuses one of many', async () => {
  const other = await createList(world, { name: `Other ${personId}` })
  const rows = [personId, nobody].map((subscriber_id) => ({ list_id: other, subscriber_id }))
  await expect(subscription(rows)).rejects.toMatchObject({ code: '23503' })
})

it('takes a consent that is of no list', async () => {
  await consent({ list_id: null, subscriber_id: personId })
})

it('refuses to hand a subscription to a person or a list that does not exist', async () => {
  for (const to of [{ subscriber_id: nobody }, { list_id: nobody }])
    await expect(
      world.db.updateTable('subscription').set(to).where('subscriber_id', '=', personId).execute(),
    ).rejects.toMatchObject({ code: '23503' })
})

it('takes everything of a person along, and keeps a list that people were on', async () => {
  await world.db.transaction().execute(async (tx) => {
    await sql`set local carillon.consent = 'erase'`.execute(tx)
    await tx.deleteFrom('subscriber').where('id', '=', personId).execute()
  })
  for (const table of ['subscription', 'consent_event'] as const)
    expect(
      await world.db
        .selectFrom(table)
        .select('subscriber_id')
        .where('subscriber_id', '=', personId)
        .execute(),
    ).toEqual([])
  await addSubscriber(world, { email: 'stays@example.org', fields: {}, listIds: [listId], note: 'form' })
  await expect(world.db.deleteFrom('list').where('id', '=', listId).execute()).rejects.toMatchObject({
    code: '23503',
  })
})

it('lets nobody in who is deleted in the same moment', async () => {
  const deleting = await world.db.startTransaction().execute()
  await sql`set local carillon.consent = 'erase'`.execute(deleting)
  await deleting.deleteFrom('subscriber').where('id', '=', personId).execute()
  const refused = expect(consent({ list_id: listId, subscriber_id: personId })).rejects.toMatchObject({
    code: '23503',
  })
  await waitingForLock()
  await deleting.commit().execute()
  await refused
})

/** Resolves once somebody waits for a lock. */
async function waitingForLock(): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      world.db,
    )
    if (rows.length > 0) return
  }
}
