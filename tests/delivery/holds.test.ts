import { dueDeliveries, type HeldBatch, releaseBatch, takeBatch } from '../../src/delivery/batches.js'
import { finishIssue } from '../../src/delivery/finish-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { openSender, type Sender } from '../../src/delivery/sender.js'
import { settlementOf } from '../../src/delivery/settlement.js'
import { sweep } from '../../src/delivery/sweep.js'
import { buryWorkers, freeBatches, keepAlive } from '../../src/delivery/worker-life.js'
import { retryRejected } from '../../src/operations/retry-rejected.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue, said } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let sender: Sender
let number = 0
beforeAll(async () => {
  world = await createWorld()
  sender = await openSender(world)
})
afterAll(async () => {
  await sender.close()
  await world.close()
})

const issueTo = (count: number) => fannedOutIssue(world, `hold-${++number}`, count)
const take = (issueId: string) =>
  takeBatch(world.db, issueId, { workerId: sender.workerId, now: world.clock.now() })
const statuses = async (issueId: string) => {
  const rows = await world.db
    .selectFrom('delivery')
    .select('status')
    .where('issue_id', '=', issueId)
    .execute()
  return rows.map(({ status }) => status).sort()
}
async function claimFirst(batch: HeldBatch) {
  const [due] = await dueDeliveries(world.db, batch, world.clock.now())
  if (!due) throw new Error('Nothing is due.')
  const { issueId, month, batchNo, hold } = batch
  const claim = { issueId, month, batchNo, hold, isCaptured: false, ...due }
  return { claim, answer: await sender.ledger.claim(claim) }
}

it('knows two takings of a batch apart, also when one and the same worker took it', async () => {
  const { issueId } = await issueTo(2)
  const first = (await take(issueId)) as HeldBatch
  const { claim, answer } = await claimFirst(first)
  expect(answer).toBe('sending')
  // What a minute of sleep does to it: it is taken for dead, wakes up, and takes its own batch again.
  await buryWorkers(world, sender.workerId)
  await keepAlive(world, sender.workerId)
  const second = (await take(issueId)) as HeldBatch
  expect(second.hold).not.toBe(first.hold)
  const [still] = await dueDeliveries(world.db, second, world.clock.now())
  expect(await sender.ledger.claim({ ...claim, ...still, isCaptured: false })).toBe('refused')
  expect(await statuses(issueId)).toEqual(['pending', 'unknown'])
  // A late answer of the first taking changes nothing.
  const accepted: Outcome = { kind: 'accepted', reply: said('accepted', 250, 'ok').reply }
  const attempt = {
    ...claim,
    attempts: claim.attempts + 1,
    firstAttemptAt: world.clock.now(),
    outcome: accepted,
  }
  await sender.ledger.settle(settlementOf(attempt, { now: world.clock.now(), giveUpAfterMs: 1 }))
  expect(await statuses(issueId)).toEqual(['pending', 'unknown'])
  await releaseBatch(world.db, first, { now: world.clock.now(), heldUntil: null })
  const held = await world.db.selectFrom('batch').select('hold').where('issue_id', '=', issueId).execute()
  expect(held).toEqual([{ hold: second.hold }])
})

it('frees only the taking that it means', async () => {
  const { issueId } = await issueTo(1)
  const batch = (await take(issueId)) as HeldBatch
  const other = { issueId, batchNo: batch.batchNo, hold: '00000000-0000-7000-8000-000000000000' }
  await world.db.transaction().execute((tx) => freeBatches(tx, [other], world.clock.now()))
  expect((await claimFirst(batch)).answer).toBe('sending')
})

it('takes nothing for a worker that nobody has written down', async () => {
  const { issueId } = await issueTo(1)
  const ghost = '00000000-0000-7000-8000-0000000000ff'
  expect(await takeBatch(world.db, issueId, { workerId: ghost, now: world.clock.now() })).toBeNull()
  const batch = (await take(issueId)) as HeldBatch
  await world.db.updateTable('batch').set({ worker_id: ghost }).where('hold', '=', batch.hold).execute()
  await sweep(world)
  expect(await take(issueId)).toMatchObject({ batchNo: batch.batchNo })
})

it('calls unknown what is being sent in no batch that anybody holds', async () => {
  const { issueId } = await issueTo(2)
  const batch = (await take(issueId)) as HeldBatch
  await claimFirst(batch)
  await world.db
    .updateTable('batch')
    .set({ worker_id: null, hold: null })
    .where('issue_id', '=', issueId)
    .execute()
  await sweep(world)
  expect(await statuses(issueId)).toEqual(['pending', 'unknown'])
})

it('lets nobody’s mail out but the canary’s, neither while it runs nor after it has failed', async () => {
  const { issueId } = await issueTo(2)
  const set = (canary_status: 'running' | 'failed' | 'passed') =>
    world.db.updateTable('issue').set({ canary_status }).where('id', '=', issueId).execute()
  for (const status of ['running', 'failed'] as const) {
    await set(status)
    expect(await take(issueId)).toBeNull()
  }
  await set('passed')
  expect(await take(issueId)).not.toBeNull()
})

it('ends a canary that has nobody left, without a turn of its own', async () => {
  const { issueId } = await issueTo(2)
  await world.db
    .updateTable('issue')
    .set({
      canary: JSON.stringify({ listId: null, percent: 1, limitPercent: 5 }),
      canary_status: 'running',
    })
    .where('id', '=', issueId)
    .execute()
  await sweep(world)
  const issue = await world.db
    .selectFrom('issue')
    .select('canary_status')
    .where('id', '=', issueId)
    .executeTakeFirst()
  expect(issue?.canary_status).toBe('passed')
})

it('counts an attempt when the trouble is said of one reader, and gives up in the end', async () => {
  const { issueId, readers } = await issueTo(1)
  const refusal: Outcome = {
    kind: 'unavailable',
    reply: {
      stage: 'recipient',
      code: 554,
      enhancedCode: '5.7.1',
      text: 'Relay access denied',
      class: 'ours',
    },
  }
  const attempt = {
    ...{ issueId, month: '2026-03-01', batchNo: 0, hold: issueId, subscriberId: readers[0] ?? '' },
    ...{ attempts: 1, firstAttemptAt: world.clock.now(), outcome: refusal },
  }
  const now = world.clock.now()
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)
  expect(settlementOf(attempt, { now, giveUpAfterMs: 48 * 3_600_000 })).toMatchObject({
    status: 'pending',
    given_back: 0,
    not_before: new Date(now.getTime() + 600_000),
  })
  expect(settlementOf(attempt, { now: hours(48), giveUpAfterMs: 48 * 3_600_000 })).toMatchObject({
    status: 'rejected',
    class: 'ours',
  })
})

it('finds the readers of an old issue that no batch covers when they are tried again', async () => {
  const { issueId } = await issueTo(3)
  world.outcomes.set(`r2.hold-${number}@example.org`, [said('rejected', 550, '550 no')])
  await sendBatch(world, { issueId })
  await world.db.deleteFrom('batch').where('issue_id', '=', issueId).execute()
  await retryRejected(world, { issueId, by: null })
  await finishIssue(world, issueId)
  expect(await progress(world.db, issueId)).toMatchObject({ pending: 1, accepted: 2 })
  await sendBatch(world, { issueId })
  expect(await progress(world.db, issueId)).toMatchObject({ pending: 0, accepted: 3 })
})
