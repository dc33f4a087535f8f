import { parseCaptureRules } from '../../src/capture-rules.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { resumeIssue } from '../../src/delivery/resume-issue.js'
import { sendIssue } from '../../src/delivery/send-issue.js'
import { openSender } from '../../src/delivery/sender.js'
import { whyStill } from '../../src/delivery/standstill.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let number = 0
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

async function released(readers: number, change: (issueId: string) => Promise<void> = async () => undefined) {
  const name = `held-${++number}`
  const { listId } = await listWithReaders(world, name, readers)
  const draft = await completeDraft(world, [listId])
  await change(draft.issueId)
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return { issueId: draft.issueId, name, listId }
}
const refusal = (text: string, replyClass: 'policy' | 'throttled'): Outcome => ({
  kind: replyClass === 'policy' ? 'rejected' : 'deferred',
  reply: {
    stage: 'data',
    code: replyClass === 'policy' ? 550 : 421,
    enhancedCode: null,
    text,
    class: replyClass,
  },
})
/** Takes turns at an issue until one moves nothing more. */
async function send(issueId: string): Promise<void> {
  const sender = await openSender(world)
  let before = -1
  while (world.sent.length !== before) {
    before = world.sent.length
    await sendIssue(world, sender, {
      turn: { issueId, lane: 0, turn: 0 },
      stopping: new AbortController().signal,
    })
  }
  await sender.close()
}
const issueOf = (issueId: string) =>
  world.db.selectFrom('issue').selectAll().where('id', '=', issueId).executeTakeFirstOrThrow()
const why = async (issueId: string) => whyStill(world, issueId, await progress(world.db, issueId))
const alive = () =>
  world.db
    .insertInto('worker')
    .values({
      id: '00000000-0000-7000-8000-000000000001',
      host: 'here',
      started_at: world.clock.now(),
      seen_at: world.clock.now(),
    })
    .execute()

it('sends outside no window, and says when it opens', async () => {
  await world.db.updateTable('sending_settings').set({ window_from: '10:00', window_to: '17:00' }).execute()
  const { issueId } = await released(3)
  await send(issueId)
  expect(world.sent).toHaveLength(0)
  await alive()
  expect(await why(issueId)).toMatchObject({ kind: 'window', until: new Date('2026-03-02T10:00:00Z') })
  world.clock.set('2026-03-02T10:00:00Z')
  await send(issueId)
  expect(world.sent).toHaveLength(3)
})

it('sends the canary first, and the rest when few of them refuse', async () => {
  const team = await listWithReaders(world, 'team', 1)
  const { issueId } = await released(8, async (id) => {
    await world.db
      .updateTable('issue')
      .set({ canary: JSON.stringify({ listId: team.listId, percent: null, limitPercent: 10 }) })
      .where('id', '=', id)
      .execute()
    await world.db.insertInto('issue_list').values({ issue_id: id, list_id: team.listId }).execute()
  })
  const sender = await openSender(world)
  const turn = { turn: { issueId, lane: 0, turn: 0 }, stopping: new AbortController().signal }
  await sendIssue(world, sender, turn)
  expect(world.sent.map(({ envelope }) => envelope.to)).toEqual(['r1.team@example.org'])
  expect((await issueOf(issueId)).canary_status).toBe('passed')
  await sendIssue(world, sender, turn)
  await sender.close()
  expect(world.sent).toHaveLength(9)
  expect((await issueOf(issueId)).status).toBe('sent')
})

it('pauses itself when the canary is refused, says why, and goes on when somebody says so', async () => {
  const { issueId, name } = await released(40, async (id) => {
    await world.db
      .updateTable('issue')
      .set({ canary: JSON.stringify({ listId: null, percent: 50, limitPercent: 5 }) })
      .where('id', '=', id)
      .execute()
  })
  for (let reader = 1; reader <= 40; reader++)
    world.outcomes.set(`r${reader}.${name}@example.org`, [refusal('550 5.7.1 spam', 'policy')])
  await send(issueId)
  const issue = await issueOf(issueId)
  expect(issue).toMatchObject({ status: 'paused', canary_status: 'failed', paused_by: null })
  expect(issue.pause_reason).toMatch(/^The first readers are a warning: \d+ of \d+ were refused/)
  expect(await why(issueId)).toMatchObject({ kind: 'paused', detail: issue.pause_reason })
  const { pending, rejected } = await progress(world.db, issueId)
  expect(pending).toBeGreaterThan(0)
  world.outcomes.clear()
  await resumeIssue(world, { issueId, by: null })
  await send(issueId)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: pending, rejected })
})

it('pauses itself when too many refuse as a matter of policy', async () => {
  const { issueId, name } = await released(120)
  for (let reader = 1; reader <= 20; reader++)
    world.outcomes.set(`r${reader}.${name}@example.org`, [refusal('550 5.7.1 blocked', 'policy')])
  for (let reader = 119; reader <= 120; reader++)
    world.outcomes.set(`r${reader}.${name}@example.org`, [refusal('later', 'throttled')])
  await send(issueId)
  expect(await issueOf(issueId)).toMatchObject({
    status: 'paused',
    pause_reason: expect.stringMatching(/^\d+ of \d+ readers were refused as a matter of policy/),
  })
})

it('lets a provider rest that says “too fast”, while the others go on', async () => {
  const { issueId } = await released(2)
  const now = world.clock.now()
  await world.db
    .updateTable('subscriber')
    .set({ email: 'a@gmail.com', email_key: 'a@gmail.com' })
    .where('email', 'like', 'r1.%')
    .execute()
  world.outcomes.set('a@gmail.com', [refusal('421 4.7.28 unusual rate', 'throttled')])
  await send(issueId)
  const provider = await world.db.selectFrom('provider').selectAll().executeTakeFirstOrThrow()
  expect(provider).toMatchObject({
    name: 'gmail',
    connections: 1,
    rests_until: new Date(now.getTime() + 600_000),
  })
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 1, deferred: 1 })
  world.clock.advance(10 * 60_000)
  await send(issueId)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 2 })
})

it('records captured mail and sends none of it', async () => {
  world = { ...world, config: { ...world.config, capture: parseCaptureRules('!@kept.example') } }
  const { issueId } = await released(2)
  await send(issueId)
  expect(world.sent).toHaveLength(0)
  expect(await progress(world.db, issueId)).toMatchObject({ skipped: 2, skippedBy: { captured: 2 } })
  const [mail] = await world.db.selectFrom('captured_mail').selectAll().execute()
  expect(mail?.message.toString()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(mail).toMatchObject({ issue_id: issueId, recipient: expect.stringContaining('@example.org') })
})

it('says that no worker runs', async () => {
  const { issueId } = await released(1)
  expect(await why(issueId)).toMatchObject({ kind: 'no-worker' })
})

it.each([
  ['*', 'a@b.example', true],
  ['@gmail.com', 'a@gmail.com', true],
  ['@gmail.com', 'a@mail.gmail.com', true],
  ['@gmail.com', 'a@notgmail.com', false],
  ['ada@b.example', 'ADA@b.example', true],
  ['*+test@*', 'ada+test@b.example', true],
  ['!@ours.example', 'a@ours.example', false],
  ['!@ours.example', 'a@b.example', true],
  ['* !ada@b.example', 'ada@b.example', false],
  ['', 'a@b.example', false],
])('captures by the rules %j the mail to %s: %s', (rules, address, expected) => {
  expect(parseCaptureRules(rules)?.captures(address) ?? false).toBe(expected)
})

it('refuses capture rules that nobody can have meant', () => {
  expect(() => parseCaptureRules('gmail.com')).toThrow('CAPTURE_MAIL')
})
