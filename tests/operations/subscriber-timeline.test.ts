import { sql } from 'kysely'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { reviseSubscriber } from '../../src/audience/revise-subscriber.js'
import { countDeliveries } from '../../src/operations/find-deliveries.js'
import { subscriberTimeline } from '../../src/operations/subscriber-timeline.js'
import { timelineView } from '../../src/web/coordinator/subscribers/timeline-view.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createAccount } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

it('says that something is left out when there were more mails than a page shows', async () => {
  const { readers } = await fannedOutIssue(world, 'town', 1)
  const [id = ''] = readers
  await sql`
    insert into issue select (jsonb_populate_record(null::issue, to_jsonb(i) || jsonb_build_object('id', gen_random_uuid()))).*
    from issue i, generate_series(1, 149)`.execute(world.db)
  await sql`
    insert into delivery select (jsonb_populate_record(null::delivery, to_jsonb(d) || jsonb_build_object('id', gen_random_uuid(), 'issue_id', i.id))).*
    from delivery d, issue i where i.id <> d.issue_id`.execute(world.db)
  const settled = { status: 'accepted' as const, finished_at: world.clock.now() }
  await world.db.updateTable('delivery').set(settled).execute()
  const mails = (await subscriberTimeline(world, id)).filter(({ kind }) => kind === 'delivery')
  expect(mails).toHaveLength(150)
  expect(await countDeliveries(world, id)).toBe(150)
  expect((await timelineView(world, id)).isCut).toBe(false)
  await world.db.updateTable('delivery').set({ bounced_at: world.clock.now() }).execute()
  const shown = await timelineView(world, id)
  expect(shown.entries).toHaveLength(200)
  expect(shown.isCut).toBe(true)
})

it('says who changed which fields of a person, and never from what to what', async () => {
  const { id: by } = await createAccount(world, 'coordinator')
  const fields = { FIRSTNAME: 'Ada', CITY: 'Oulu' }
  const id = await addSubscriber(world, { email: 'ada@example.org', listIds: [], note: 'fair', fields })
  const revision = { fields: { FIRSTNAME: 'Ada', CITY: 'Turku' }, language: 'fi', by }
  await reviseSubscriber(world, id, revision)
  await reviseSubscriber(world, id, revision)
  const audit = await world.db.selectFrom('audit_entry').select(['action', 'detail', 'account_id']).execute()
  expect(audit).toEqual([{ action: 'revise-subscriber', detail: 'CITY, language', account_id: by }])
  const { entries } = await timelineView(world, id)
  expect(entries).toContainEqual(expect.objectContaining({ words: 'Was edited' }))
})
