import { sql } from 'kysely'
import { addSuppressions } from '../../src/audience/add-suppressions.js'
import { suppressedDomain } from '../../src/audience/suppressed-sql.js'
import { exportBalance } from '../../src/delivery/export-balance.js'
import { progress } from '../../src/delivery/progress.js'
import { issueBalance } from '../../src/issues/balance.js'
import { countAudience } from '../../src/issues/preflight/background/count-audience.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const suppress = (text: string) =>
  addSuppressions(world, { text, reason: 'manual', note: '', includesSubdomains: false, by: null })
const moveTo = (number: number, domain: string) =>
  world.db
    .updateTable('subscriber')
    .set({ email: `r${number}@${domain}`, email_key: `r${number}@${domain}` })
    .where('email_key', '=', `r${number}.town@example.org`)
    .execute()

it('keeps a suppressed domain out of the balance, the counts, the fan-out and the export', async () => {
  await suppress('one.example\n*.two.example')
  const { issueId } = await fannedOutIssue(world, 'before', 2)
  expect(await issueBalance(world.db, issueId, world.clock.now())).toMatchObject({
    suppressed: 0,
    recipients: 2,
  })
  const { listWithReaders, completeDraft } = await import('../helpers/sample-issue.js')
  const { scheduleIssue } = await import('../../src/issues/schedule-issue.js')
  const { releaseDueIssues } = await import('../../src/delivery/release-due-issues.js')
  const { fanOutIssue } = await import('../../src/delivery/fan-out-issue.js')
  const { listId } = await listWithReaders(world, 'town', 5)
  await moveTo(1, 'one.example')
  await moveTo(2, 'mail.one.example')
  await moveTo(3, 'two.example')
  await moveTo(4, 'deep.mail.two.example')
  const draft = await completeDraft(world, [listId])
  expect(await issueBalance(world.db, draft.issueId, world.clock.now())).toMatchObject({
    suppressed: 3,
    recipients: 2,
  })
  expect(
    await countAudience(world.db, { issueId: draft.issueId, now: world.clock.now() }, ['FIRSTNAME']),
  ).toMatchObject({
    suppressed: 3,
    recipients: 2,
  })
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  expect(await progress(world.db, draft.issueId)).toMatchObject({ pending: 2, skippedBy: { suppressed: 3 } })
  const pieces: string[] = []
  for await (const piece of exportBalance(world, draft.issueId)) pieces.push(piece)
  expect(pieces.join('')).toContain('r3@two.example,1,suppressed')
})

it('is asked again at the claim, so that it holds in the middle of an issue', async () => {
  const { issueId } = await fannedOutIssue(world, 'town', 4)
  await moveTo(1, 'one.example')
  await moveTo(2, 'mail.one.example')
  await moveTo(3, 'notone.example')
  await suppress('one.example')
  await sendBatch(world, { issueId })
  expect(world.sent.map(({ envelope }) => envelope.to).sort()).toEqual([
    'r2@mail.one.example',
    'r3@notone.example',
    'r4.town@example.org',
  ])
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 3, skippedBy: { suppressed: 1 } })
})

it('costs one look in an index for a whole statement while no domain is suppressed', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain (analyze, costs off, timing off, summary off)
    select ${sql.raw(suppressedDomain('p.email_key'))} from unnest(array['a@x.example', 'b@y.example']) as p (email_key)`.execute(
    world.db,
  )
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(/InitPlan 1/)
  expect(plan).toMatch(/never executed/)
})
