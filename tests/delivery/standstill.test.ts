import { planWarmUp } from '../../src/delivery/limits/plan-warm-up.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { whyStill } from '../../src/delivery/standstill.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
  const now = world.clock.now()
  const id = '00000000-0000-7000-8000-000000000001'
  await world.db.insertInto('worker').values({ id, host: 'here', started_at: now, seen_at: now }).execute()
})
afterEach(() => world.close())

const why = async (issueId: string) => whyStill(world, issueId, await progress(world.db, issueId))
const inAnHour = () => new Date(world.clock.now().getTime() + 3_600_000)
const provider = (values: object) =>
  world.db
    .insertInto('provider')
    .values({
      name: 'gmail',
      rate_per_hour: null,
      rests_until: null,
      connections: null,
      widens_at: null,
      ...values,
    })
    .execute()
const slow = (issueId: string, rate_per_hour: number) =>
  world.db.updateTable('issue').set({ rate_per_hour }).where('id', '=', issueId).execute()

it('has nothing to say of an issue that nothing holds up', async () => {
  expect(await why((await fannedOutIssue(world, 'town', 2)).issueId)).toBeNull()
})

it('says that the list of readers is being written', async () => {
  const { listId } = await listWithReaders(world, 'town', 1)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  expect(await why(draft.issueId)).toMatchObject({ kind: 'preparing' })
})

it('says that a domain has sent what it may today, until midnight UTC', async () => {
  const { issueId, batch } = await fannedOutIssue(world, 'town', 5)
  const plan = {
    domain: 'makers.example',
    started_on: '2026-03-01',
    first_day: 2,
    growth_percent: 50,
    days: 9,
  }
  const { from_email } = await world.db
    .selectFrom('issue')
    .select('from_email')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const domain = from_email.split('@')[1] ?? ''
  await planWarmUp(world, { ...plan, domain }, null)
  expect(await why(issueId)).toBeNull()
  await sendBatch(world, batch)
  expect(world.sent).toHaveLength(3)
  const until = new Date('2026-03-03T00:00:00Z')
  expect(await why(issueId)).toEqual({ kind: 'warm-up', until, detail: `${domain} 3` })
  await planWarmUp(world, { ...plan, domain, first_day: 4 }, null)
  expect(await why(issueId)).toBeNull()
  await sendBatch(world, batch)
  expect(world.sent).toHaveLength(5)
})

it('names the slower of the issue’s own speed and the limit over all', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 2)
  await world.db.updateTable('sending_settings').set({ rate_per_hour: 1000 }).execute()
  expect(await why(issueId)).toMatchObject({ kind: 'limit', detail: '1000' })
  await slow(issueId, 2000)
  expect(await why(issueId)).toMatchObject({ kind: 'limit', detail: '1000' })
  await slow(issueId, 500)
  expect(await why(issueId)).toMatchObject({ kind: 'speed', detail: '500' })
})

it('names providers that rest, then those that are only slower', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 2)
  await provider({ connections: 1, rests_until: inAnHour() })
  expect(await why(issueId)).toEqual({ kind: 'provider', until: inAnHour(), detail: 'gmail' })
  world.clock.advance(3_600_000)
  await world.db.updateTable('worker').set({ seen_at: world.clock.now() }).execute()
  expect(await why(issueId)).toEqual({ kind: 'provider-limit', until: null, detail: 'gmail' })
})

it('names a mail server that rests before all that is slower only', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 2)
  await slow(issueId, 500)
  const state = {
    rests_until: inAnHour(),
    stage: 'auth',
    code: 535,
    text: '535 no',
    changed_at: world.clock.now(),
  }
  await world.db
    .insertInto('relay')
    .values({ name: 'mx1', ...state })
    .execute()
  expect(await why(issueId)).toEqual({ kind: 'relay', until: inAnHour(), detail: 'mx1: 535 no' })
})

it('says when those deferred are tried again', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 1)
  await world.db.updateTable('delivery').set({ not_before: inAnHour() }).execute()
  await world.db.updateTable('batch').set({ due_at: inAnHour() }).execute()
  expect(await why(issueId)).toEqual({ kind: 'deferred', until: inAnHour(), detail: '' })
})
