import { endSnooze, snoozeSubscriber } from '../../src/audience/snooze-subscriber.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { issueBalance } from '../../src/issues/balance.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

const WEEK = 7 * 24 * 3_600_000
let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const recipients = () => world.sent.map(({ envelope }) => envelope.to).sort()

it('leaves who takes a break out of the counts and of the issue, until the break is over', async () => {
  const { listId, readers } = await listWithReaders(world, 'town', 3)
  await snoozeSubscriber(world, { subscriberId: readers[0] ?? '', weeks: 2 })
  await snoozeSubscriber(world, { subscriberId: readers[1] ?? '', weeks: 2 })
  await endSnooze(world, { subscriberId: readers[1] ?? '' })
  const send = async () => {
    const draft = await completeDraft(world, [listId])
    const balance = await issueBalance(world.db, draft.issueId, world.clock.now())
    await scheduleIssue(world, draft, null)
    await releaseDueIssues(world)
    await fanOutIssue(world, draft.issueId)
    await sendBatch(world, { issueId: draft.issueId })
    return balance
  }
  expect(await send()).toMatchObject({ onLists: 2, recipients: 2 })
  expect(recipients()).toEqual(['r2.town@example.org', 'r3.town@example.org'])
  world.clock.advance(2 * WEEK + 1)
  world.sent.length = 0
  expect(await send()).toMatchObject({ onLists: 3, recipients: 3 })
  expect(recipients()).toHaveLength(3)
})

it('is asked again at the claim: a break that begins in the middle of an issue holds', async () => {
  const { issueId, readers } = await fannedOutIssue(world, 'town', 3)
  await snoozeSubscriber(world, { subscriberId: readers[0] ?? '', weeks: 1 })
  await sendBatch(world, { issueId })
  expect(recipients()).toEqual(['r2.town@example.org', 'r3.town@example.org'])
  expect(await progress(world.db, issueId)).toMatchObject({
    accepted: 2,
    skippedBy: { snoozed: 1 },
    total: 3,
  })
})
