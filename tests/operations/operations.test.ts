import { parse } from 'csv-parse/sync'
import { suppressAddress } from '../../src/audience/suppress-address.js'
import { unsubscribe } from '../../src/audience/unsubscribe.js'
import { cancelIssue } from '../../src/delivery/cancel-issue.js'
import { exportBalance } from '../../src/delivery/export-balance.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { sweep } from '../../src/delivery/sweep.js'
import { ConflictError } from '../../src/errors.js'
import { issueBalance } from '../../src/issues/balance.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { findDeliveries } from '../../src/operations/find-deliveries.js'
import { operationsOverview } from '../../src/operations/operations-overview.js'
import { resolveUnknown } from '../../src/operations/resolve-unknown.js'
import { retryRejected } from '../../src/operations/retry-rejected.js'
import { guardDeliveryMoves } from '../helpers/guard-moves.js'
import { completeDraft, confirmedReader, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { sentIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
  await guardDeliveryMoves(world)
})
afterEach(() => world.close())

const statusOf = async (issueId: string) =>
  (await world.db.selectFrom('issue').select('status').where('id', '=', issueId).executeTakeFirstOrThrow())
    .status
const byStatus = async (issueId: string, status: 'rejected' | 'unknown') =>
  (await findDeliveries(world, { issueId, status })).map(({ id }) => id)

describe('rejected deliveries', () => {
  it('are sent once more with the Message-ID they had, and those who left meanwhile are skipped', async () => {
    const { issueId, readers, batch } = await sentIssue(world, 'town')
    expect(await statusOf(issueId)).toBe('sent')
    const before = await findDeliveries(world, { address: 'r3.town' })
    await unsubscribe(world, { issueId, subscriberId: readers[4] ?? '', channel: 'one-click' })
    expect(await retryRejected(world, { issueId, by: null })).toBe(2)
    expect(await statusOf(issueId)).toBe('sending')
    expect(world.enqueued.at(-1)).toMatchObject({ name: 'send-issue', payload: { issueId } })
    world.sent.length = 0
    await sendBatch(world, batch)
    expect(world.sent.map(({ envelope, messageId }) => [envelope.to, messageId])).toEqual([
      ['r3.town@example.org', `<${before[0]?.id}@makers-quarter.example>`],
    ])
    expect(await progress(world.db, issueId)).toMatchObject({ accepted: 3, unknown: 1, skipped: 1, total: 5 })
    expect(await statusOf(issueId)).toBe('sent')
  })

  it('are retried one by one too; the others stay as they are', async () => {
    const { issueId, batch } = await sentIssue(world, 'town')
    const [one = ''] = (await findDeliveries(world, { address: 'r3.town' })).map(({ id }) => id)
    expect(await retryRejected(world, { issueId, deliveryIds: [one], by: null })).toBe(1)
    await sendBatch(world, batch)
    expect(await progress(world.db, issueId)).toMatchObject({ accepted: 3, rejected: 1, unknown: 1 })
  })

  it('of a cancelled issue, or none at all, are refused and nothing changes', async () => {
    const { issueId } = await sentIssue(world, 'town')
    const [unknown = ''] = await byStatus(issueId, 'unknown')
    const nothing = { issueId, deliveryIds: [unknown], by: null }
    await expect(retryRejected(world, nothing)).rejects.toThrow(ConflictError)
    expect(await statusOf(issueId)).toBe('sent')
    const { listId } = await listWithReaders(world, 'other', 1)
    const draft = await completeDraft(world, [listId])
    await scheduleIssue(world, draft, null)
    await cancelIssue(world, { issueId: draft.issueId, by: null })
    await expect(retryRejected(world, { issueId: draft.issueId, by: null })).rejects.toThrow('cancelled')
  })
})

describe('deliveries in doubt', () => {
  it('are accepted on the operator’s word, and never by the machine', async () => {
    const { issueId } = await sentIssue(world, 'town')
    world.clock.advance(72 * 3_600_000)
    await sweep(world)
    const deliveryIds = await byStatus(issueId, 'unknown')
    expect(deliveryIds).toHaveLength(1)
    expect(await resolveUnknown(world, { issueId, deliveryIds, as: 'accepted', by: null })).toBe(1)
    expect(await progress(world.db, issueId)).toMatchObject({ accepted: 3, unknown: 0 })
    await expect(resolveUnknown(world, { issueId, deliveryIds, as: 'resend', by: null })).rejects.toThrow(
      ConflictError,
    )
    const audit = await world.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '<>', 'schedule-issue')
      .execute()
    expect(audit).toEqual([expect.objectContaining({ action: 'accept-unknown', subject_ids: deliveryIds })])
  })

  it('are sent again when the operator says so', async () => {
    const { issueId, batch } = await sentIssue(world, 'town')
    const deliveryIds = await byStatus(issueId, 'unknown')
    await resolveUnknown(world, { issueId, deliveryIds, as: 'resend', by: null })
    world.sent.length = 0
    await sendBatch(world, batch)
    expect(world.sent.map(({ envelope }) => envelope.to)).toEqual(['r4.town@example.org'])
  })
})

describe('the overview', () => {
  it('counts issues in flight by outcome and forgets those that ended a day ago', async () => {
    const { issueId } = await sentIssue(world, 'town')
    const { issues } = await operationsOverview(world)
    expect(issues).toEqual([
      expect.objectContaining({ id: issueId, counts: expect.objectContaining({ accepted: 2, rejected: 2 }) }),
    ])
    world.clock.advance(25 * 3_600_000)
    expect((await operationsOverview(world)).issues).toEqual([])
  })

  it('finds a person’s deliveries with what the server said', async () => {
    await sentIssue(world, 'town')
    expect(await findDeliveries(world, { address: ' R3.Town@ ' })).toMatchObject([
      { email: 'r3.town@example.org', status: 'rejected', smtp_text: '550 mailbox full of stones' },
    ])
    expect(await findDeliveries(world, { address: '%' })).toEqual([])
    expect(await findDeliveries(world, {})).toEqual([])
  })
})

describe('the balance, person by person', () => {
  const rowsOf = async (issueId: string) => {
    let text = ''
    for await (const piece of exportBalance(world, issueId)) text += piece
    return parse(text, { columns: true }) as Record<string, string>[]
  }
  const sumsOf = (rows: Record<string, string>[]) => {
    const count = (as: string) => rows.filter((row) => row['counted_as'] === as).length
    const onLists = rows.reduce((sum, row) => sum + Number(row['lists']), 0)
    return {
      onLists,
      duplicates: onLists - rows.length,
      unconfirmed: count('unconfirmed'),
      suppressed: count('suppressed'),
      recipients: count('recipient'),
    }
  }

  async function mixedAudience() {
    const { listId, readers } = await listWithReaders(world, 'town', 4)
    const other = await listWithReaders(world, 'county', 1)
    const now = world.clock.now()
    const waiting = await confirmedReader(world, listId, 'waiting@example.org')
    await world.db
      .updateTable('subscription')
      .set({ status: 'pending' })
      .where('subscriber_id', '=', waiting)
      .execute()
    await world.db
      .insertInto('subscription')
      .values({
        list_id: other.listId,
        subscriber_id: readers[0] ?? '',
        status: 'confirmed',
        created_at: now,
      })
      .execute()
    await confirmedReader(world, listId, '=cmd@example.org')
    await suppressAddress(world, { email: 'r2.town@example.org', reason: 'manual' })
    return { draft: await completeDraft(world, [listId, other.listId]), readers }
  }

  it('adds up before sending and after, also when people have left since', async () => {
    const { draft, readers } = await mixedAudience()
    const balance = await issueBalance(world.db, draft.issueId, world.clock.now())
    expect(balance).toEqual({ onLists: 8, duplicates: 1, unconfirmed: 1, suppressed: 1, recipients: 5 })
    expect(sumsOf(await rowsOf(draft.issueId))).toEqual(balance)
    await scheduleIssue(world, draft, null)
    await releaseDueIssues(world)
    world.clock.advance(60_000)
    await fanOutIssue(world, draft.issueId)
    world.clock.advance(60_000)
    await unsubscribe(world, { issueId: draft.issueId, subscriberId: readers[2] ?? '', channel: 'one-click' })
    await suppressAddress(world, { email: 'r4.town@example.org', reason: 'complaint' })
    await sendBatch(world, { issueId: draft.issueId })
    await unsubscribe(world, { issueId: draft.issueId, subscriberId: readers[0] ?? '', channel: 'page' })
    const rows = await rowsOf(draft.issueId)
    expect(sumsOf(rows)).toEqual(balance)
    const recipients = rows.filter((row) => row['counted_as'] === 'recipient')
    expect(recipients.filter((row) => row['outcome'] === 'accepted')).toHaveLength(3)
    expect(
      recipients
        .filter((row) => row['outcome'] === 'skipped')
        .map((row) => row['why'])
        .sort(),
    ).toEqual(['suppressed', 'unsubscribed'])
  })

  it('cannot run in a spreadsheet', async () => {
    const { draft } = await mixedAudience()
    const addresses = (await rowsOf(draft.issueId)).map((row) => row['address'])
    expect(addresses).toContain("'=cmd@example.org")
  })
})
