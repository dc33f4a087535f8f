import { sql } from 'kysely'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseAddress } from '../../src/audience/erase-subscriber.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const EMAIL = 'ada@example.org'
let world: World
let listId: string
beforeEach(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Readers', optIn: 'single' })
})
afterEach(() => world.close())

const add = (email = EMAIL) => addSubscriber(world, { email, listIds: [listId], note: 'fair' })
const everybody = () =>
  world.db
    .selectFrom('subscriber')
    .leftJoin('subscription', 'subscription.subscriber_id', 'subscriber.id')
    .select(['email', 'status'])
    .execute()

/** Does something in the last moment of an erasure, when it waits for nothing but its commit. */
async function duringErasure<T>(act: () => Promise<T>): Promise<T> {
  let acting: Promise<T> | undefined
  world.journal = {
    append: async () => {
      acting = act()
      acting.catch(() => undefined)
      while (!(await somebodyWaits()));
    },
  }
  await eraseAddress(world, { email: EMAIL, by: null })
  if (!acting) throw new Error('The erasure told its journal nothing.')
  return acting
}

async function somebodyWaits(): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    world.db,
  )
  return rows.length > 0
}

it.each(['somebody who is known', 'nobody'])('adds nobody while %s is being erased', async (who) => {
  if (who !== 'nobody') await add()
  await expect(duringErasure(() => add())).rejects.toThrow('must not get mail')
  expect(await everybody()).toEqual([])
})

it.each(['somebody who is known', 'nobody'])(
  'lets a sign-up wait for its confirmation while %s is being erased',
  async (who) => {
    if (who !== 'nobody') await add()
    const input = { email: EMAIL, listIds: [listId], consentText: 'Yes', language: 'en' }
    await duringErasure(() => signUp(world, input))
    expect(await everybody()).toEqual([{ email: EMAIL, status: 'pending' }])
  },
)
