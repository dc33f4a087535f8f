import { sql } from 'kysely'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { pauseIssue } from '../../src/delivery/pause-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { sweep } from '../../src/delivery/sweep.js'
import { LEASE_MS } from '../../src/delivery/worker-life.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { Mail, Outcome } from '../../src/smtp/mailer.js'
import { guardDeliveryMoves } from '../helpers/guard-moves.js'
import { readMessage } from '../helpers/read-message.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listNumber = 0
beforeAll(async () => {
  world = await createWorld()
  await guardDeliveryMoves(world)
})
beforeEach(() => {
  world.sent.length = 0
  world.outcomes.clear()
})
afterAll(() => world.close())

const outcome = (kind: Outcome['kind'], text = 'said'): Outcome => ({
  kind,
  reply: { stage: 'connect', code: null, enhancedCode: null, text },
})
const reader = (number: number) => `r${number}.fault-${listNumber}@example.org`
const sendingWith = (send: (mail: Mail) => Promise<Outcome>): World => ({
  ...world,
  mailer: { ...world.mailer, deliver: async (message) => send(await readMessage(message)) },
})
const leave = (subscriberId = '', db: Pick<World['db'], 'updateTable'> = world.db) =>
  db
    .updateTable('subscription')
    .set({ status: 'unsubscribed' })
    .where('subscriber_id', '=', subscriberId)
    .execute()

async function released(count: number) {
  const list = await listWithReaders(world, `fault-${++listNumber}`, count)
  const { issueId } = await completeDraft(world, [list.listId])
  await scheduleIssue(world, { issueId, version: 1 }, null)
  await releaseDueIssues(world)
  return { ...list, issueId, batch: { issueId, batchNo: 0 } }
}
async function fannedOut(count: number) {
  const issue = await released(count)
  await fanOutIssue(world, issue.issueId)
  return issue
}

it('calls only that mail unknown with which the mailer itself failed', async () => {
  const { issueId, batch } = await fannedOut(6)
  const broken = sendingWith((mail) =>
    mail.envelope.to === reader(2) ? Promise.reject(new Error('broken')) : world.mailer.send(mail),
  )
  await sendBatch(broken, batch)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 5, unknown: 1 })
})

it('starts the 48 hours with the first attempt that reached a server, not with an outage', async () => {
  const { issueId, batch } = await fannedOut(1)
  world.outcomes.set(reader(1), [outcome('unavailable'), outcome('deferred')])
  expect(await sendBatch(world, batch)).toMatchObject({ end: 'held' })
  world.clock.advance(49 * 3_600_000)
  await sendBatch(world, batch)
  expect(await progress(world.db, issueId)).toMatchObject({ deferred: 1, rejected: 0 })
})

it('names in List-Id a list that the reader is on', async () => {
  const first = await listWithReaders(world, `fault-${++listNumber}`, 1)
  const second = await listWithReaders(world, `fault-${++listNumber}`, 1)
  const draft = await completeDraft(world, [first.listId, second.listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  await sendBatch(world, { issueId: draft.issueId })
  const listOf = (mail: Mail) => /fault-\d+/.exec(mail.headers['List-Id'] ?? '')?.[0]
  expect(world.sent.map((mail) => [/fault-\d+/.exec(mail.envelope.to)?.[0], listOf(mail)]).sort()).toEqual([
    [`fault-${listNumber - 1}`, `fault-${listNumber - 1}`],
    [`fault-${listNumber}`, `fault-${listNumber}`],
  ])
})

it('freezes the balance of the very people in the ledger, whoever leaves during fan-out', async () => {
  const { issueId, readers } = await released(3)
  let running = Promise.resolve()
  await world.db.transaction().execute(async (tx) => {
    await sql`lock table delivery in share mode`.execute(tx)
    running = fanOutIssue(world, issueId)
    while (!(await someoneWaitsForDelivery())) continue
    await leave(readers[0], tx)
  })
  await running
  const { balance } = await world.db
    .selectFrom('issue')
    .select('balance')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const { total, pending } = await progress(world.db, issueId)
  expect(balance).toMatchObject({ onLists: total, recipients: pending })
})
const someoneWaitsForDelivery = async () => {
  const { rows } = await sql`
    select 1 from pg_locks where not granted and relation = 'delivery'::regclass`.execute(world.db)
  return rows.length > 0
}

it('keeps a reply with characters that PostgreSQL cannot hold', async () => {
  const { issueId, batch } = await fannedOut(3)
  world.outcomes.set(reader(1), [outcome('rejected', 'half \ud83d and \0')])
  world.outcomes.set(reader(2), [outcome('unavailable', 'nul \0')])
  expect(await sendBatch(world, batch)).toMatchObject({ end: 'held' })
  expect(await progress(world.db, issueId)).toMatchObject({ rejected: 1, pending: 1, accepted: 1 })
})

it('notes no attempt for somebody who is skipped at the claim', async () => {
  const { issueId, readers, batch } = await fannedOut(1)
  await leave(readers[0])
  await sendBatch(world, batch)
  const row = await world.db
    .selectFrom('delivery')
    .selectAll()
    .where('issue_id', '=', issueId)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ status: 'skipped', attempts: 0, first_attempt_at: null })
})

it('does not settle a newer claim with the late outcome of an older one', async () => {
  const { issueId, batch } = await fannedOut(1)
  let answer: (said: Outcome) => void = () => undefined
  let arrive: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const slow = sendingWith(() => {
    arrive()
    return new Promise<Outcome>((resolve) => {
      answer = resolve
    })
  })
  const first = sendBatch(slow, batch)
  await reached
  world.clock.advance(LEASE_MS + 1)
  await sweep(world)
  expect(await progress(world.db, issueId)).toMatchObject({ unknown: 1 })
  for (const status of ['pending', 'sending'] as const)
    await world.db
      .updateTable('delivery')
      .set({ status, attempts: 2 })
      .where('issue_id', '=', issueId)
      .execute()
  answer(outcome('rejected'))
  await first
  expect(await progress(world.db, issueId)).toMatchObject({ sending: 1, rejected: 0 })
})

it('claims nothing more once the issue is paused or the process is told to stop', async () => {
  const paused = await fannedOut(25)
  await sendBatch(sendingWith(pauseOnce(paused.issueId)), paused.batch)
  expect(await progress(world.db, paused.issueId)).toMatchObject({ pending: 15, sending: 0 })
  const stopped = await fannedOut(25)
  const stop = new AbortController()
  const stopping = sendingWith((mail) => {
    stop.abort()
    return world.mailer.send(mail)
  })
  await sendBatch(stopping, stopped.batch, stop.signal)
  expect(await progress(world.db, stopped.issueId)).toMatchObject({ sending: 0, unknown: 0 })
  expect((await progress(world.db, stopped.issueId)).pending).toBeGreaterThanOrEqual(5)
})
function pauseOnce(issueId: string) {
  let pausing: Promise<void> | undefined
  return async (mail: Mail) => {
    pausing ??= pauseIssue(world, { issueId, by: null })
    await pausing
    return world.mailer.send(mail)
  }
}

it('gives up after 48 hours of deferrals, and never later', async () => {
  const { issueId, batch } = await fannedOut(1)
  const startedAt = world.clock.now().getTime()
  const busy = { ...world, mailer: { ...world.mailer, deliver: async () => outcome('deferred') } }
  let rounds = 0
  for (;;) {
    await sendBatch(busy, batch)
    rounds++
    const row = await world.db
      .selectFrom('delivery')
      .select(['status', 'not_before', 'attempts'])
      .where('issue_id', '=', issueId)
      .executeTakeFirstOrThrow()
    expect(row.attempts).toBe(rounds)
    if (row.status === 'rejected') break
    expect(row.status).toBe('pending')
    world.clock.set((row.not_before as Date).toISOString())
  }
  const hours = (world.clock.now().getTime() - startedAt) / 3_600_000
  expect(hours).toBeGreaterThan(40)
  expect(hours).toBeLessThanOrEqual(48)
  expect(rounds).toBeGreaterThan(10)
})

it('rejects a mail that cannot be made, without any doubt, and sends the others', async () => {
  const { issueId, batch } = await fannedOut(3)
  const { keys } = world
  let calls = 0
  const broken = {
    ...world,
    get keys() {
      if (calls++ === 0) throw new Error('a secret of ours')
      return keys
    },
  }
  await sendBatch(broken, batch)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 2, rejected: 1, unknown: 0 })
  const rows = await world.db.selectFrom('delivery').selectAll().where('issue_id', '=', issueId).execute()
  const row = rows.find(({ status }) => status === 'rejected')
  expect(row).toMatchObject({
    smtp_stage: 'compose',
    smtp_text: expect.stringContaining('could not be made'),
  })
  expect(row?.smtp_text).not.toContain('secret')
})
