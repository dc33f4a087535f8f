import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { completeDraft, listWithReaders } from './sample-issue.js'
import { sendBatch } from './send-batch.js'
import type { World } from './world.js'

/** What a server said about a recipient. */
export const said = (kind: Outcome['kind'], code: number | null, text: string): Outcome => ({
  kind,
  reply: { stage: 'recipient', code, enhancedCode: null, text },
})

/** An issue on its way to so many readers r1.NAME@example.org …, fanned out and not yet sent. */
export async function fannedOutIssue(world: World, name: string, count: number) {
  const { listId, readers } = await listWithReaders(world, name, count)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return { issueId: draft.issueId, listId, readers, batch: { issueId: draft.issueId, batchNo: 0 } }
}

/** An issue sent to five: the third and fifth rejected, the fourth in doubt, the others accepted. */
export async function sentIssue(world: World, name: string) {
  world.outcomes.set(`r3.${name}@example.org`, [said('rejected', 550, '550 mailbox full of stones')])
  world.outcomes.set(`r4.${name}@example.org`, [said('unknown', null, 'the line went dead')])
  world.outcomes.set(`r5.${name}@example.org`, [said('rejected', 554, '554 not today')])
  const issue = await fannedOutIssue(world, name, 5)
  await sendBatch(world, issue.batch)
  return issue
}
