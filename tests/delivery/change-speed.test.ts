import { changeSpeed } from '../../src/delivery/change-speed.js'
import { pauseIssue } from '../../src/delivery/pause-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { sendIssue } from '../../src/delivery/send-issue.js'
import { openSender } from '../../src/delivery/sender.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const speedOf = async (issueId: string) =>
  (
    await world.db
      .selectFrom('issue')
      .select('rate_per_hour')
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
  ).rate_per_hour

it('reaches a sender that runs: slower, then faster', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 5)
  const sender = await openSender(world)
  const turn = { turn: { issueId, lane: 0, turn: 0 }, stopping: new AbortController().signal }
  await changeSpeed(world, { issueId, ratePerHour: 1, by: null })
  await sender.refresh()
  await sendIssue(world, sender, turn)
  expect(world.sent).toHaveLength(1)
  await sendIssue(world, sender, turn)
  expect(world.sent).toHaveLength(1)

  world.enqueued.length = 0
  await changeSpeed(world, { issueId, ratePerHour: null, by: null })
  await sender.refresh()
  const soon = world.enqueued.filter(({ name }) => name === 'send-issue')
  expect(soon.length).toBeGreaterThan(0)
  expect(Math.max(...soon.map(({ delayMs }) => delayMs))).toBeLessThan(2000)
  await sendIssue(world, sender, turn)
  expect(world.sent).toHaveLength(5)
  await sender.close()
})

it('waits with the issue: set before it leaves, and while it is paused', async () => {
  const { listId } = await listWithReaders(world, 'county', 1)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await changeSpeed(world, { issueId: draft.issueId, ratePerHour: 500, by: null })
  await releaseDueIssues(world)
  await pauseIssue(world, { issueId: draft.issueId, by: null })
  expect(await speedOf(draft.issueId)).toBe(500)
  await changeSpeed(world, { issueId: draft.issueId, ratePerHour: 900, by: null })
  expect(await speedOf(draft.issueId)).toBe(900)
})

it('is noted, and refused for a draft, for what is over and for what is not there', async () => {
  const { listId } = await listWithReaders(world, 'town', 1)
  const { issueId } = await completeDraft(world, [listId])
  const change = (id: string) => changeSpeed(world, { issueId: id, ratePerHour: 10, by: null })
  await expect(change(issueId)).rejects.toThrow('This issue is draft')
  await expect(change('00000000-0000-7000-8000-000000000009')).rejects.toThrow('There is no such issue.')
  await scheduleIssue(world, { issueId, version: 1 }, null)
  await change(issueId)
  const audit = await world.db
    .selectFrom('audit_entry')
    .select(['action', 'detail'])
    .where('action', '<>', 'schedule-issue')
    .execute()
  expect(audit).toEqual([{ action: 'change-speed', detail: '10 an hour' }])
  await world.db.updateTable('issue').set({ status: 'sent' }).where('id', '=', issueId).execute()
  await expect(change(issueId)).rejects.toThrow('This issue is sent')
})
