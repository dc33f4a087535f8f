import { sql } from 'kysely'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { unsubscribe } from '../../../src/audience/unsubscribe.js'
import { fanOutIssue } from '../../../src/delivery/fan-out-issue.js'
import { pauseIssue } from '../../../src/delivery/pause-issue.js'
import { progress } from '../../../src/delivery/progress.js'
import { releaseDueIssues } from '../../../src/delivery/release-due-issues.js'
import { exportReport } from '../../../src/delivery/report/export-report.js'
import { issueReport } from '../../../src/delivery/report/issue-report.js'
import { issueTrail } from '../../../src/delivery/report/issue-trail.js'
import { everybody } from '../../../src/delivery/report/outcome-counts.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { retryRejected } from '../../../src/operations/retry-rejected.js'
import { completeDraft, confirmedReader, listWithReaders } from '../../helpers/sample-issue.js'
import { sendBatch } from '../../helpers/send-batch.js'
import { said, sentIssue } from '../../helpers/sent-issue.js'
import { signUp } from '../../helpers/sign-up.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function twoLists() {
  const news = await listWithReaders(world, `news${++lists}`, 3)
  const team = await listWithReaders(world, `team${lists}`, 1)
  for (const address of [`a${lists}@gmail.com`, `b${lists}@googlemail.com`, `c${lists}@t-online.de`])
    await confirmedReader(world, news.listId, address)
  await world.db
    .insertInto('subscription')
    .values({
      list_id: team.listId,
      subscriber_id: news.readers[0] ?? '',
      status: 'confirmed',
      created_at: world.clock.now(),
    })
    .execute()
  const draft = await completeDraft(world, [news.listId, team.listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return { issueId: draft.issueId, news, team, number: lists }
}
let lists = 0
const reportOf = async (issueId: string) => issueReport(world, await issueWithBlocks(world, issueId))

it('counts by provider and by list, and the sums are those of the ledger', async () => {
  const { issueId, number } = await twoLists()
  world.outcomes.set(`b${number}@googlemail.com`, [said('rejected', 550, '550 no such user')])
  await sendBatch(world, { issueId })
  const report = await reportOf(issueId)
  const counts = await progress(world.db, issueId)
  expect(
    report?.providers.map(({ provider, counts: { accepted, rejected } }) => [provider, accepted, rejected]),
  ).toEqual([
    ['gmail', 1, 1],
    ['t-online', 1, 0],
    [null, 4, 0],
  ])
  const sum = report?.providers.reduce((total, one) => total + everybody(one.counts), 0)
  expect(sum).toBe(counts.total)
  expect(report?.lists.map(({ name, counts: { accepted, rejected } }) => [name, accepted, rejected])).toEqual(
    [
      [`news${number}`, 5, 1],
      [`team${number}`, 2, 0],
    ],
  )
  expect(report?.pace?.stretches).toMatchObject([{ accepted: 6, rejected: 1, unknown: 0 }])
})

it('leaves out of a list who came to it or left it at another time', async () => {
  const { issueId, news, team } = await twoLists()
  await sendBatch(world, { issueId })
  world.clock.advance(1000)
  const [, late = '', gone = ''] = news.readers
  const row = { list_id: team.listId, created_at: world.clock.now() }
  await world.db
    .insertInto('subscription')
    .values({ ...row, subscriber_id: late, status: 'confirmed' })
    .execute()
  const before = new Date(world.clock.now().getTime() - 86_400_000)
  await world.db
    .insertInto('subscription')
    .values({
      ...row,
      subscriber_id: gone,
      status: 'unsubscribed',
      created_at: before,
      unsubscribed_at: before,
    })
    .execute()
  expect((await reportOf(issueId))?.lists.at(-1)).toMatchObject({ counts: { accepted: 2 } })
})

it('counts once and again when the ledger has changed; while it is moving, once a minute', async () => {
  const { issueId } = await twoLists()
  const waiting = await reportOf(issueId)
  expect(waiting?.providers.at(-1)?.counts.waiting).toBe(4)
  expect(waiting?.pace).toBeNull()
  await sql`update delivery set status = 'accepted', finished_at = ${world.clock.now()} where issue_id = ${issueId} and subscriber_id in (
    select subscriber_id from delivery where issue_id = ${issueId} limit 2)`.execute(world.db)
  expect((await reportOf(issueId))?.pace).toBeNull()
  world.clock.advance(60_000)
  expect((await reportOf(issueId))?.pace).not.toBeNull()
  await sendBatch(world, { issueId })
  const done = await reportOf(issueId)
  expect(done?.providers.map(({ counts }) => counts.waiting)).toEqual([0, 0, 0])
  world.clock.advance(86_400_000)
  expect((await reportOf(issueId))?.countedAt).toEqual(done?.countedAt)
})

it('fills the holes of its pace, in at most 48 stretches', async () => {
  const { issueId } = await twoLists()
  await sendBatch(world, { issueId })
  await sql`update delivery set finished_at = finished_at + interval '7 hours' where issue_id = ${issueId} and subscriber_id = (
    select subscriber_id from delivery where issue_id = ${issueId} order by subscriber_id limit 1)`.execute(
    world.db,
  )
  await world.db.deleteFrom('report').execute()
  const pace = (await reportOf(issueId))?.pace
  expect(pace?.seconds).toBe(600)
  expect(pace?.stretches).toHaveLength(43)
  expect(pace?.stretches.map(({ accepted }) => accepted).filter(Boolean)).toEqual([6, 1])
})

it('counts who left through it', async () => {
  const { issueId, news } = await twoLists()
  await sendBatch(world, { issueId })
  expect((await reportOf(issueId))?.left).toBe(0)
  await unsubscribe(world, { subscriberId: news.readers[0] ?? '', issueId, channel: 'page' })
  expect((await reportOf(issueId))?.left).toBe(1)
  const asked = { email: `r1.news${lists}@example.org`, listIds: [news.listId] }
  await signUp(world, { ...asked, consentText: 'Yes', language: 'en' })
  expect((await reportOf(issueId))?.left).toBe(1)
})

it('is not there before the issue has begun to leave', async () => {
  const { listId } = await listWithReaders(world, 'early', 1)
  const { issueId } = await completeDraft(world, [listId])
  expect(await reportOf(issueId)).toBeNull()
})

it('tells what happened in the order of time, with who did it', async () => {
  const { issueId } = await sentIssue(world, 'trail')
  const other = await sentIssue(world, 'other')
  await retryRejected(world, { issueId: other.issueId, by: null })
  world.clock.advance(1000)
  await retryRejected(world, { issueId, by: null })
  world.clock.advance(1000)
  await pauseIssue(world, { issueId, by: null })
  const issue = await issueWithBlocks(world, issueId)
  const trail = await issueTrail(world, issue)
  expect(trail.map(({ action }) => action)).toEqual([
    'made',
    'schedule-issue',
    'released',
    'fanned-out',
    'retry-rejected',
    'pause-issue',
  ])
})

it('exports every number and no person, and no formula', async () => {
  const { issueId, news } = await twoLists()
  await sendBatch(world, { issueId })
  await world.db.updateTable('list').set({ name: '=HYPERLINK("x")' }).where('id', '=', news.listId).execute()
  await world.db.deleteFrom('report').execute()
  const csv = await exportReport(world, issueId)
  const lines = csv.trimEnd().split('\n')
  expect(lines[0]).toBe('part,what,outcome,people')
  expect(lines).toContain('issue,Spring issue,accepted,7')
  expect(lines).toContain('balance,duplicates,,1')
  expect(lines).toContain('provider,gmail,accepted,2')
  expect(csv).toContain(`list,"'=HYPERLINK(""x"")",accepted,6`)
  expect(csv).not.toContain('@')
  await expect(exportReport(world, '00000000-0000-7000-8000-000000000000')).rejects.toThrow('no such issue')
})

it('forgets nobody’s count when somebody is added meanwhile', async () => {
  const { issueId, news } = await twoLists()
  await addSubscriber(world, { email: 'late@example.org', listIds: [news.listId], note: 'Fair' })
  await sendBatch(world, { issueId })
  const report = await reportOf(issueId)
  expect(report?.lists.map(({ counts }) => everybody(counts))).toEqual([6, 2])
})
