import { openSender } from '../../src/delivery/sender.js'
import { publicIssues } from '../../src/issues/archive/public-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { jobHandlers } from '../../workers/handlers.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld } from '../helpers/world.js'

it('publishes an issue in the turn in which it begins to leave', async () => {
  const world = await createWorld()
  const sender = await openSender(world)
  const { listId } = await listWithReaders(world, 'readers', 1)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  const stopping = new AbortController().signal
  const release = jobHandlers(world, { sender, stopping }).find(({ name }) => name === 'release-issues')
  await release?.run({})
  expect((await publicIssues(world)).issues).toMatchObject([{ id: draft.issueId, slug: 'spring-issue' }])
  await sender.close()
  await world.close()
})
