import type { Express } from 'express'
import request from 'supertest'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { createApp } from '../../src/web/app.js'
import { everyTable } from '../helpers/everything-kept.js'
import { completeDraft } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

const TIMES = 50

let world: World
let app: Express
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterAll(() => world.close())

it('reading changes nothing however often, one post unsubscribes, and the mail already queued is skipped', async () => {
  const first = await fannedOutIssue(world, 'town', 2)
  await sendBatch(world, first.batch)
  const mail = world.sent.find(({ envelope }) => envelope.to === 'r1.town@example.org')
  const links = [...new Set(mail?.html.match(/https:\/\/news\.example\.org\/[^"]+/g))]
  expect(links.map((link) => new URL(link).pathname.slice(0, 3)).sort()).toEqual(['/p/', '/u/', '/w/'])
  const before = await everyTable(world.db)
  for (const link of links)
    for (let time = 0; time < TIMES; time++)
      expect((await request(app).get(new URL(link).pathname)).status).toBe(200)
  expect(await everyTable(world.db)).toEqual(before)

  const { issue } = await queuedIssueFor(first.listId)
  const unsubscribe = links.find((link) => link.includes('/u/')) ?? ''
  const answer = await request(app).post(new URL(unsubscribe).pathname).send('List-Unsubscribe=One-Click')
  expect(answer.status).toBe(200)
  expect(answer.headers['set-cookie']).toBeUndefined()
  world.sent.length = 0
  await sendBatch(world, { issueId: issue })
  expect(world.sent.map(({ envelope }) => envelope.to)).toEqual(['r2.town@example.org'])
  const skipped = await world.db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select(['email', 'status', 'skip_reason'])
    .where('issue_id', '=', issue)
    .where('status', '=', 'skipped')
    .execute()
  expect(skipped).toEqual([{ email: 'r1.town@example.org', status: 'skipped', skip_reason: 'unsubscribed' }])
})

/** A second issue to the same list, fanned out and waiting. */
async function queuedIssueFor(listId: string): Promise<{ issue: string }> {
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return { issue: draft.issueId }
}
