import { randomUUID } from 'node:crypto'
import { suppressAddress } from '../../src/audience/suppress-address.js'
import { unsubscribe } from '../../src/audience/unsubscribe.js'
import { takeBatch } from '../../src/delivery/batches.js'
import { cancelIssue } from '../../src/delivery/cancel-issue.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { pauseIssue } from '../../src/delivery/pause-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { resumeIssue } from '../../src/delivery/resume-issue.js'
import { sweep } from '../../src/delivery/sweep.js'
import { keepAlive, LEASE_MS } from '../../src/delivery/worker-life.js'
import { ConflictError, InvalidError } from '../../src/errors.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { unscheduleIssue } from '../../src/issues/unschedule-issue.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { guardDeliveryMoves } from '../helpers/guard-moves.js'
import { completeDraft, confirmedReader, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listNumber = 0
beforeAll(async () => {
  world = await createWorld()
  await guardDeliveryMoves(world)
})
beforeEach(() => {
  world.enqueued.length = 0
  world.sent.length = 0
})
afterAll(() => world.close())

const outcome = (kind: Outcome['kind'], code: number | null = null): Outcome => ({
  kind,
  reply: {
    stage: kind === 'unavailable' ? 'connect' : 'recipient',
    code,
    enhancedCode: null,
    text: `${code} said`,
  },
})

async function releasedIssue(readers: number) {
  const { listId, readers: ids } = await listWithReaders(world, `list-${++listNumber}`, readers)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return { ...draft, listId, ids, batch: { issueId: draft.issueId, batchNo: 0 } }
}
const statusOf = async (issueId: string) =>
  (await world.db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirstOrThrow())
    .status
const delivery = (issueId: string, subscriberId: string) =>
  world.db
    .selectFrom('delivery')
    .selectAll()
    .where('issue_id', '=', issueId)
    .where('subscriber_id', '=', subscriberId)
    .executeTakeFirstOrThrow()

it('sends an issue to everybody once, with the headers of bulk mail and a link of their own', async () => {
  const { issueId, batch } = await releasedIssue(23)
  expect(new Set(world.enqueued.map((job) => JSON.stringify(job))).size).toBe(2)
  await Promise.all([sendBatch(world, batch), sendBatch(world, batch)])
  expect(new Set(world.sent.map((mail) => mail.envelope.to)).size).toBe(23)
  expect(world.sent).toHaveLength(23)
  expect(await statusOf(issueId)).toBe('sent')
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 23, total: 23, pending: 0 })
  const [mail] = world.sent
  expect(mail?.headers).toMatchObject({
    'List-Unsubscribe': expect.stringMatching(/^<https:\/\/news\.example\.org\/u\/v1\.[^>]+>$/),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': expect.stringContaining('.lists.news.example.org>'),
    Precedence: 'bulk',
  })
  expect(mail?.text).toContain(`This email was sent to ${mail?.envelope.to}`)
  expect(mail?.html).toContain('Dear Ada, hello.')
  expect(new Set(world.sent.map((sent) => sent.messageId)).size).toBe(23)
})

it('gives every person on the lists a row whose numbers add up with the balance', async () => {
  const first = await listWithReaders(world, `list-${++listNumber}`, 4)
  const second = await listWithReaders(world, `list-${++listNumber}`, 2)
  const now = world.clock.now()
  const waiting = await confirmedReader(world, first.listId, `waiting-${listNumber}@example.org`)
  await world.db
    .updateTable('subscription')
    .set({ status: 'pending' })
    .where('subscriber_id', '=', waiting)
    .execute()
  const blocked = await confirmedReader(world, first.listId, `blocked-${listNumber}@example.org`)
  await suppressAddress(world, { email: `blocked-${listNumber}@example.org`, reason: 'manual' })
  await world.db
    .insertInto('subscription')
    .values({
      list_id: second.listId,
      subscriber_id: first.readers[0] ?? '',
      status: 'confirmed',
      created_at: now,
    })
    .execute()
  const draft = await completeDraft(world, [first.listId, second.listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  await fanOutIssue(world, draft.issueId)
  const { balance, scheduled_balance } = await world.db
    .selectFrom('issue')
    .selectAll()
    .where('id', '=', draft.issueId)
    .executeTakeFirstOrThrow()
  expect(balance).toEqual({ onLists: 9, duplicates: 1, unconfirmed: 1, suppressed: 1, recipients: 6 })
  expect(scheduled_balance).toEqual(balance)
  expect(await progress(world.db, draft.issueId)).toMatchObject({
    pending: 6,
    skipped: 2,
    total: 8,
    skippedBy: { unconfirmed: 1, suppressed: 1 },
  })
  expect((await delivery(draft.issueId, blocked)).skip_reason).toBe('suppressed')
})

it('skips who unsubscribes between fan-out and claim', async () => {
  const { issueId, ids, batch } = await releasedIssue(3)
  await unsubscribe(world, { subscriberId: ids[1] ?? '', issueId, channel: 'one-click' })
  await sendBatch(world, batch)
  expect(world.sent).toHaveLength(2)
  expect(await delivery(issueId, ids[1] ?? '')).toMatchObject({
    status: 'skipped',
    skip_reason: 'unsubscribed',
  })
  expect(await statusOf(issueId)).toBe('sent')
})

it('tries a deferred reader again with the same Message-ID, and gives up after 48 hours', async () => {
  const { issueId, ids, batch } = await releasedIssue(2)
  const email = (
    await world.db
      .selectFrom('subscriber')
      .select('email')
      .where('id', '=', ids[0] ?? '')
      .executeTakeFirstOrThrow()
  ).email
  world.outcomes.set(email, [outcome('deferred', 450)])
  await sendBatch(world, batch)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 1, deferred: 1 })
  expect(await statusOf(issueId)).toBe('sending')
  await sendBatch(world, batch)
  expect(world.sent).toHaveLength(1)
  world.clock.advance(5 * 60_000)
  world.enqueued.length = 0
  await sweep(world)
  expect(world.enqueued).toContainEqual(
    expect.objectContaining({ name: 'send-issue', payload: { issueId, lane: 0, turn: 0 } }),
  )
  await sendBatch(world, batch)
  const row = await delivery(issueId, ids[0] ?? '')
  expect(row).toMatchObject({ status: 'accepted', attempts: 2 })
  expect(world.sent.at(-1)?.messageId).toContain(row.id)
  expect(await statusOf(issueId)).toBe('sent')
})

it('keeps what a reader was refused with, and never resends what is in doubt', async () => {
  const { issueId, ids, batch } = await releasedIssue(2)
  const emails = await world.db
    .selectFrom('subscriber')
    .select(['id', 'email'])
    .where('id', 'in', ids)
    .execute()
  const emailOf = (id?: string) => emails.find((row) => row.id === id)?.email ?? ''
  world.outcomes.set(emailOf(ids[0]), [outcome('rejected', 550)])
  world.outcomes.set(emailOf(ids[1]), [outcome('unknown')])
  await sendBatch(world, batch)
  expect(await delivery(issueId, ids[0] ?? '')).toMatchObject({
    status: 'rejected',
    smtp_code: 550,
    smtp_text: '550 said',
  })
  world.clock.advance(72 * 3_600_000)
  await sweep(world)
  await sendBatch(world, batch)
  expect(await delivery(issueId, ids[1] ?? '')).toMatchObject({ status: 'unknown' })
  expect(world.sent).toHaveLength(1)
})

it('costs no reader an attempt when the relay is away', async () => {
  const { issueId, ids, batch } = await releasedIssue(1)
  const { email } = await world.db
    .selectFrom('subscriber')
    .select('email')
    .where('id', '=', ids[0] ?? '')
    .executeTakeFirstOrThrow()
  world.outcomes.set(email, [outcome('unavailable')])
  expect(await sendBatch(world, batch)).toEqual({ end: 'held', until: null })
  expect(await delivery(issueId, ids[0] ?? '')).toMatchObject({ status: 'pending', attempts: 0 })
  expect(await world.db.selectFrom('transport_error').selectAll().execute()).toHaveLength(1)
  await sendBatch(world, batch)
  expect(await statusOf(issueId)).toBe('sent')
})

it('calls unknown what a worker had on the wire that nobody has seen for a minute', async () => {
  const { issueId, ids } = await releasedIssue(2)
  const workerId = randomUUID()
  await keepAlive(world, workerId)
  await takeBatch(world.db, issueId, { workerId, now: world.clock.now() })
  await world.db
    .updateTable('delivery')
    .set({ status: 'sending', attempts: 1 })
    .where('subscriber_id', '=', ids[0] ?? '')
    .execute()
  world.clock.advance(LEASE_MS)
  await sweep(world)
  expect((await delivery(issueId, ids[0] ?? '')).status).toBe('sending')
  world.clock.advance(1)
  await sweep(world)
  expect((await delivery(issueId, ids[0] ?? '')).status).toBe('unknown')
  await sendBatch(world, { issueId })
  expect(await statusOf(issueId)).toBe('sent')
  expect(world.sent).toHaveLength(1)
})

it('claims nothing while paused, goes on after resume, and skips the rest when cancelled', async () => {
  const { issueId, batch } = await releasedIssue(3)
  await pauseIssue(world, { issueId, by: null })
  await sendBatch(world, batch)
  expect(world.sent).toEqual([])
  world.enqueued.length = 0
  await resumeIssue(world, { issueId, by: null })
  expect(world.enqueued.map((job) => job.name)).toContain('send-issue')
  await pauseIssue(world, { issueId, by: null })
  await cancelIssue(world, { issueId, by: null })
  await sendBatch(world, batch)
  expect(world.sent).toEqual([])
  expect(await progress(world.db, issueId)).toMatchObject({ skipped: 3, skippedBy: { cancelled: 3 } })
  await expect(resumeIssue(world, { issueId, by: null })).rejects.toThrow(ConflictError)
})

it('says what stands in the way of scheduling, by field, and sends nothing', async () => {
  const empty = await listWithReaders(world, `list-${++listNumber}`, 0)
  const nobody = await completeDraft(world, [empty.listId])
  await expect(scheduleIssue(world, nobody, null)).rejects.toMatchObject({
    issues: { listIds: expect.stringContaining('Nobody') },
  })
  const { listId } = await listWithReaders(world, `list-${++listNumber}`, 1)
  const draft = await completeDraft(world, [listId])
  const past = new Date(world.clock.now().getTime() - 3_600_000)
  await expect(scheduleIssue(world, draft, past)).rejects.toMatchObject({
    issues: { sendAt: 'This time has passed.' },
  })
  await world.db
    .deleteFrom('block')
    .where('issue_id', '=', draft.issueId)
    .where('kind', '=', 'footer')
    .execute()
  await expect(scheduleIssue(world, draft, null)).rejects.toBeInstanceOf(InvalidError)
  await expect(scheduleIssue(world, { ...draft, version: 7 }, null)).rejects.toBeInstanceOf(ConflictError)
  expect(await statusOf(draft.issueId)).toBe('draft')
})

it('takes a scheduled issue back to a draft, but not one that is being sent', async () => {
  const { listId } = await listWithReaders(world, `list-${++listNumber}`, 1)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, new Date(world.clock.now().getTime() + 3_600_000))
  await releaseDueIssues(world)
  expect(await statusOf(draft.issueId)).toBe('scheduled')
  await unscheduleIssue(world, { issueId: draft.issueId })
  expect(await statusOf(draft.issueId)).toBe('draft')
  const { issueId } = await releasedIssue(1)
  await expect(unscheduleIssue(world, { issueId })).rejects.toThrow(ConflictError)
})
