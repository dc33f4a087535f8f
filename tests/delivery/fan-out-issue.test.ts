import { type KyselyPlugin, SelectQueryNode, sql } from 'kysely'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

/** A list with every `step`th of 50,000 people; each seventh of them has left, each eleventh has not confirmed. */
async function manyReaders(name: string, step: number): Promise<string> {
  const { listId } = await listWithReaders(world, name, 0)
  await sql`
    insert into subscriber (id, email, email_key, created_at)
    select md5('person' || n)::uuid, 'p' || n || '@example.org', 'p' || n || '@example.org', now()
    from generate_series(1, 50000) n on conflict do nothing`.execute(world.db)
  await sql`
    insert into subscription (list_id, subscriber_id, status, created_at)
    select ${listId}, md5('person' || n)::uuid,
      case when n % 7 = 0 then 'unsubscribed' when n % 11 = 0 then 'pending' else 'confirmed' end, now()
    from generate_series(${step}::int, 50000, ${step}::int) n`.execute(world.db)
  await sql`insert into suppression (id, email_key, reason, created_at)
    select md5('gone' || n)::uuid, 'p' || n || '@example.org', 'hard-bounce', now() from generate_series(100, 50000, 100) n
    on conflict do nothing`.execute(world.db)
  return listId
}

test('several slices over lists that share readers give each person one row, and each reader one batch', async () => {
  const lists = [await manyReaders('halves', 2), await manyReaders('thirds', 3), await manyReaders('all', 1)]
  const { listId: empty } = await listWithReaders(world, 'nobody', 0)
  const draft = await completeDraft(world, [...lists, empty])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  await fanOutIssue(world, draft.issueId)

  const { rows } = await sql<Record<string, number>>`
    select count(*)::int as rows, count(distinct subscriber_id)::int as persons, count(distinct id)::int as ids,
      sum(subscriptions)::int as subscriptions,
      (count(*) filter (where status = 'pending'))::int as pending,
      (count(*) filter (where skip_reason = 'unconfirmed'))::int as unconfirmed,
      (count(*) filter (where skip_reason = 'suppressed'))::int as suppressed
    from delivery where issue_id = ${draft.issueId}`.execute(world.db)
  const people = Array.from({ length: 50_000 }, (_, at) => at + 1).filter((n) => n % 7 !== 0)
  const unconfirmed = people.filter((n) => n % 11 === 0).length
  const suppressed = people.filter((n) => n % 11 !== 0 && n % 100 === 0).length
  const subscriptions = people.reduce((sum, n) => sum + 1 + Number(n % 2 === 0) + Number(n % 3 === 0), 0)
  expect(rows[0]).toEqual({
    rows: people.length,
    persons: people.length,
    ids: people.length,
    subscriptions,
    pending: people.length - unconfirmed - suppressed,
    unconfirmed,
    suppressed,
  })
  const issue = await world.db
    .selectFrom('issue')
    .select('balance')
    .where('id', '=', draft.issueId)
    .executeTakeFirstOrThrow()
  expect(issue.balance).toEqual({
    onLists: subscriptions,
    duplicates: subscriptions - people.length,
    unconfirmed,
    suppressed,
    recipients: people.length - unconfirmed - suppressed,
  })

  const { rows: batches } = await sql<{ holders: number }>`
    select (select count(*) from batch b where b.issue_id = d.issue_id
      and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id)::int as holders
    from delivery d where d.issue_id = ${draft.issueId} and d.status = 'pending'`.execute(world.db)
  expect(new Set(batches.map(({ holders }) => holders))).toEqual(new Set([1]))
  const { rows: sizes } = await sql<{ size: number }>`
    select count(*)::int as size from batch b join delivery d on d.issue_id = b.issue_id and d.status = 'pending'
      and d.subscriber_id between b.first_subscriber_id and b.last_subscriber_id
    where b.issue_id = ${draft.issueId} group by b.batch_no`.execute(world.db)
  expect(Math.max(...sizes.map(({ size }) => size))).toBe(500)
})

test('the hours of readers are asked for once, however many slices there are', async () => {
  const listId = await manyReaders('all', 1)
  await sql`update subscriber set time_zone = (array['Asia/Kolkata', 'Europe/Helsinki'])[1 + abs(hashtext(id::text)::bigint) % 2]`.execute(
    world.db,
  )
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(
    world,
    { ...draft, canary: null, sendZone: 'UTC', ownTime: '2026-03-09T09:00' },
    new Date('2026-03-09T09:00:00Z'),
  )
  world.clock.set('2026-03-09T00:00:00Z')
  await world.db.updateTable('issue').set({ send_at: world.clock.now() }).execute()
  await releaseDueIssues(world)
  let asked = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (SelectQueryNode.is(node) && JSON.stringify(node.selections).includes('time_zone')) asked++
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await fanOutIssue({ ...world, db: world.db.withPlugin(counting) }, draft.issueId)
  expect(asked).toBe(1)
  const { rows } = await sql<{ due: Date; readers: number }>`
    select not_before as due, count(*)::int as readers from delivery
    where issue_id = ${draft.issueId} and status = 'pending' group by 1 order by 1`.execute(world.db)
  expect(rows.map(({ due }) => due)).toEqual([
    new Date('2026-03-09T03:30:00Z'),
    new Date('2026-03-09T07:00:00Z'),
  ])
})
