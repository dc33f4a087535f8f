import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { whyStill } from '../../src/delivery/standstill.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const ZONES = ['Pacific/Auckland', 'Asia/Kolkata', 'Europe/Helsinki', null, 'America/New_York']
// In the night before, New York's clocks have gone forward; Europe's have not.
const LOCAL = '2026-03-09T09:00'
const HERE = new Date('2026-03-09T08:00:00Z')

async function scheduled() {
  const { listId, readers } = await listWithReaders(world, 'world', ZONES.length)
  for (const [index, time_zone] of ZONES.entries())
    await world.db
      .updateTable('subscriber')
      .set({ time_zone })
      .where('id', '=', readers[index] ?? '')
      .execute()
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, { ...draft, canary: null, sendZone: 'Europe/Berlin', ownTime: LOCAL }, HERE)
  return draft.issueId
}
const issueOf = (id: string) =>
  world.db.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const addresses = () => world.sent.map(({ envelope }) => envelope.to.slice(0, 2)).sort()

it('reaches every reader at the same hour of their own clock', async () => {
  const issueId = await scheduled()
  expect((await issueOf(issueId)).send_at).toEqual(new Date('2026-03-08T20:00:00Z'))
  const hours = [
    ['2026-03-08T20:00:00Z', ['r1']],
    ['2026-03-09T03:30:00Z', ['r1', 'r2']],
    ['2026-03-09T07:00:00Z', ['r1', 'r2', 'r3']],
    ['2026-03-09T08:00:00Z', ['r1', 'r2', 'r3', 'r4']],
    ['2026-03-09T13:00:00Z', ['r1', 'r2', 'r3', 'r4', 'r5']],
  ] as const
  for (const [moment, reached] of hours) {
    world.clock.set(new Date(new Date(moment).getTime() - 1000).toISOString())
    await turn(issueId)
    expect(addresses()).toEqual(reached.slice(0, -1))
    world.clock.set(moment)
    await turn(issueId)
    expect(addresses()).toEqual(reached)
  }
  expect(await issueOf(issueId)).toMatchObject({ status: 'sent' })
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 5, total: 5 })
})

async function turn(issueId: string): Promise<void> {
  await releaseDueIssues(world)
  await fanOutIssue(world, issueId)
  await sendBatch(world, { issueId })
}

it('says what the others wait for', async () => {
  const issueId = await scheduled()
  world.clock.set('2026-03-08T20:00:00Z')
  await turn(issueId)
  await world.db
    .insertInto('worker')
    .values({
      id: '00000000-0000-7000-8000-000000000001',
      host: 'here',
      started_at: world.clock.now(),
      seen_at: world.clock.now(),
    })
    .execute()
  expect(await whyStill(world, issueId, await progress(world.db, issueId))).toMatchObject({
    kind: 'own-time',
    until: new Date('2026-03-09T03:30:00Z'),
  })
})

it('sends at once to those whose hour has passed when it begins', async () => {
  const issueId = await scheduled()
  world.clock.set('2026-03-09T07:30:00Z')
  await turn(issueId)
  expect(addresses()).toEqual(['r1', 'r2', 'r3'])
})

it('is not joined with a canary', async () => {
  const { listId } = await listWithReaders(world, 'world', 3)
  const draft = await completeDraft(world, [listId])
  const canary = { listId: null, percent: 50, limitPercent: 5 }
  await expect(scheduleIssue(world, { ...draft, canary, ownTime: LOCAL }, HERE)).rejects.toMatchObject({
    issues: { own: expect.stringContaining('not both') },
  })
})
