import { newId } from '../../db/uuid.js'
import { openSession } from '../../src/accounts/open-session.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { archiveList } from '../../src/audience/archive-list.js'
import { beginBulkAct } from '../../src/audience/bulk/begin-bulk-act.js'
import { runBulkAct } from '../../src/audience/bulk/run-bulk-act.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseAddress } from '../../src/audience/erase-subscriber.js'
import { giveLeaveReason } from '../../src/audience/give-leave-reason.js'
import { askForLink } from '../../src/audience/mails/ask-for-link.js'
import { unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { captureMail } from '../../src/capture-mail.js'
import { recordAudit } from '../../src/issues/record-audit.js'
import { daysBefore, monthsBefore, RetentionForm } from '../../src/operations/retention/periods.js'
import { duePurges, purge } from '../../src/operations/retention/purge.js'
import { retentionPeriods, saveRetention } from '../../src/operations/retention/save-retention.js'
import { completeDraft } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createAccount } from '../helpers/sign-in.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const DAY = 24 * 3_600_000
let world: World
let list: string
let other: string
beforeEach(async () => {
  world = await createWorld()
  list = await createList(world, { name: 'News' })
  other = await createList(world, { name: 'Other' })
})
afterEach(() => world.close())

const ask = async (email: string, listIds = [list]) => {
  await signUp(world, { email, listIds, consentText: 'Yes', language: 'en' })
  return (world.enqueued.at(-1)?.payload as { confirmationId: string }).confirmationId
}
const people = async () =>
  (await world.db.selectFrom('subscriber').select('email').orderBy('email').execute()).map(
    ({ email }) => email,
  )
const standing = async (email: string) =>
  world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .innerJoin('list', 'list.id', 'list_id')
    .select(['list.name', 'status', 'unsubscribed_at'])
    .where('email', '=', email)
    .orderBy('list.name')
    .execute()
async function anImport(status: 'draft' | 'finished', now: Date): Promise<void> {
  const id = newId(now)
  const nobody = { content_hash: null, created_by: null }
  const at = { created_at: now, started_at: now, finished_at: status === 'draft' ? null : now }
  const file = { file_name: 'a.csv', is_uploaded: true }
  await world.db
    .insertInto('import')
    .values({ id, list_id: list, status, ...file, ...nobody, ...at })
    .execute()
  if (status === 'draft') return
  const row = { import_id: id, place: 1, file_no: 0, line: 2, email_key: null, reason: 'No address.' }
  await world.db
    .insertInto('import_refusal')
    .values({ ...row, cells: '["x"]' })
    .execute()
}
const removed = async () => Object.fromEntries((await purge(world)).map(({ more, count }) => [more, count]))
const due = async () =>
  Object.fromEntries(
    (await duePurges(world)).filter(({ count }) => count > 0).map(({ more, count }) => [more, count]),
  )

describe('sign-ups that nobody confirmed', () => {
  it('go a week after their link ran out, with the person when nothing else is known of them', async () => {
    await ask('new@example.org')
    const confirmed = await ask('kept@example.org')
    await confirmSubscription(world, confirmationToken(world.keys, confirmed))
    await ask('kept@example.org', [other])
    world.clock.advance(9 * DAY)
    expect(await due()).toEqual({})
    expect(await removed()).toEqual({})
    world.clock.advance(1)
    expect(await due()).toEqual({ 'unconfirmed sign-ups': 2 })
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 2 })
    expect(await people()).toEqual(['kept@example.org'])
    expect(await standing('kept@example.org')).toMatchObject([{ name: 'News', status: 'confirmed' }])
    const events = await world.db.selectFrom('consent_event').select(['kind', 'list_id']).execute()
    expect(events).toHaveLength(2)
    expect(events).toEqual(
      expect.arrayContaining([
        { kind: 'requested', list_id: list },
        { kind: 'confirmed', list_id: list },
      ]),
    )
    expect(await world.db.selectFrom('confirmation').select('used_at').execute()).toHaveLength(1)
    expect(await removed()).toEqual({})
  })

  it('stay while they ask again', async () => {
    await ask('new@example.org')
    world.clock.advance(8 * DAY)
    await ask('new@example.org')
    world.clock.advance(2 * DAY)
    // Of the first link nothing is left.
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 1 })
    expect(await people()).toEqual(['new@example.org'])
    expect(await removed()).toEqual({})
    world.clock.advance(8 * DAY)
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 1 })
    expect(await people()).toEqual([])
  })

  it('go, with what was typed, also when the same sign-up was repeated and confirmed', async () => {
    const fields = { FIRSTNAME: 'Featherstone' }
    const twice = { email: 'new@example.org', listIds: [list], consentText: 'Yes', language: 'en' }
    await signUp(world, { ...twice, fields })
    world.clock.advance(11 * 60_000)
    const confirmed = await ask('new@example.org')
    await confirmSubscription(world, confirmationToken(world.keys, confirmed))
    world.clock.advance(10 * DAY)
    expect(await due()).toEqual({ 'unconfirmed sign-ups': 1 })
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 1 })
    const left = await world.db.selectFrom('confirmation').select('id').execute()
    expect(left).toEqual([{ id: confirmed }])
    expect(await standing('new@example.org')).toMatchObject([{ status: 'confirmed' }])
  })

  it('are none when their only list was archived before the job', async () => {
    await archiveList(world, list)
    await signUp(world, { email: 'new@example.org', listIds: [list], consentText: 'Yes', language: 'en' })
    expect(await people()).toEqual([])
  })

  it('leave who had left before as somebody who left', async () => {
    const id = await addSubscriber(world, { email: 'left@example.org', listIds: [list], note: 'Fair' })
    await unsubscribeFromList(world, { subscriberId: id, listId: list, channel: 'page' })
    const leftAt = world.clock.now()
    world.clock.advance(DAY)
    await ask('left@example.org')
    world.clock.advance(30 * DAY)
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 1 })
    expect(await standing('left@example.org')).toEqual([
      { name: 'News', status: 'unsubscribed', unsubscribed_at: leftAt },
    ])
  })

  it('keep the numbers of an issue that passed them over', async () => {
    const { issueId, listId } = await fannedOutIssue(world, 'town', 1)
    const waiting = await ask('waiting@example.org', [listId])
    expect(waiting).toBeTruthy()
    const subscriber = await world.db
      .selectFrom('subscriber')
      .select('id')
      .where('email', '=', 'waiting@example.org')
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('delivery')
      .set({ subscriber_id: subscriber.id, status: 'skipped', skip_reason: 'unconfirmed' })
      .where('issue_id', '=', issueId)
      .execute()
    world.clock.advance(30 * DAY)
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 1 })
    const rows = await world.db
      .selectFrom('delivery')
      .select(['status', 'skip_reason', 'subscriber_id'])
      .execute()
    expect(rows).toMatchObject([{ status: 'skipped', skip_reason: 'unconfirmed' }])
    expect(rows[0]?.subscriber_id).not.toBe(subscriber.id)
  })

  it('go in slices, all of them', async () => {
    const now = world.clock.now()
    const rows = Array.from({ length: 2500 }, (_, number) => ({
      id: newId(now),
      email: `r${number}@example.org`,
      email_key: `r${number}@example.org`,
      language: null,
      time_zone: null,
      created_at: now,
    }))
    await world.db.insertInto('subscriber').values(rows).execute()
    await world.db
      .insertInto('subscription')
      .values(
        rows.map(({ id }) => ({
          list_id: list,
          subscriber_id: id,
          status: 'pending' as const,
          created_at: now,
          confirmed_at: null,
          unsubscribed_at: null,
          unsubscribe_channel: null,
          unsubscribe_issue_id: null,
        })),
      )
      .execute()
    world.clock.advance(8 * DAY)
    expect(await removed()).toEqual({ 'unconfirmed sign-ups': 2500 })
    expect(await people()).toEqual([])
  })
})

it('removes captured mail, trouble, sign-ins, audit, evidence and old deliveries when their time is over, and says so', async () => {
  await saveRetention(world, { ...(await retentionPeriods(world)), evidence_months: 6 }, null)
  const { issueId, listId } = await fannedOutIssue(world, 'town', 2)
  await sendBatch(world, { issueId })
  await addSubscriber(world, { email: 'gone@example.org', listIds: [listId], note: 'Fair' })
  await eraseAddress(world, { email: 'gone@example.org', by: null })
  const now = world.clock.now()
  await captureMail(world, {
    issueId: null,
    recipient: 'a@example.org',
    message: Buffer.from('Subject: x\r\n\r\n'),
  })
  await world.db
    .insertInto('transport_error')
    .values({ id: newId(now), occurred_at: now, stage: 'connect', code: null, text: 'refused' })
    .execute()
  await openSession(world, (await createAccount(world, 'admin')).id)
  const steps = [
    [30, { 'captured mails': 1 }],
    [44, { sessions: 1 }],
    [90, { 'notes of trouble': 1 }],
    [184, { 'records of consent': 1 }],
  ] as const
  for (const [days, gone] of steps) {
    world.clock.set(new Date(now.getTime() + days * DAY - 1).toISOString())
    expect(await removed()).toEqual({})
    world.clock.set(new Date(now.getTime() + days * DAY).toISOString())
    expect(await due()).toEqual(gone)
    expect(await removed()).toEqual(gone)
  }
  world.clock.set('2028-04-01T00:00:00Z')
  expect(await removed()).toEqual({ deliveries: 2 })
  const audit = await world.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'purge')
    .execute()
  expect(audit.map(({ detail }) => detail).sort()).toEqual([
    '1 captured mail',
    '1 note of trouble',
    '1 record of consent',
    '1 session',
    '2 deliveries',
  ])
  world.clock.set('2029-03-02T09:00:00Z')
  expect(Object.keys(await removed())).toEqual(['audit entries'])
})

it('removes mails and sign-ups of people, reasons, and what imports and acts on many have left', async () => {
  const fields = { FIRSTNAME: 'Ada' }
  await signUp(world, {
    ...{ email: 'ada@example.org', listIds: [list], fields },
    ...{ consentText: 'Yes', language: 'en' },
  })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  await confirmSubscription(world, confirmationToken(world.keys, confirmationId))
  const { id: subscriberId } = await world.db.selectFrom('subscriber').select('id').executeTakeFirstOrThrow()
  await askForLink(world, { subscriberId, kind: 'download', language: 'en' })
  const { issueId } = await completeDraft(world, [list])
  await giveLeaveReason(world, { subscriberId, issueId, reason: 'other', note: 'Enough' })
  const what = { kind: 'suppress', note: '' } as const
  const actId = await beginBulkAct(world, { what, scope: { search: 'x' }, expected: null, by: null })
  await runBulkAct(world, actId)
  const now = world.clock.now()
  for (const status of ['finished', 'draft'] as const) await anImport(status, now)
  const steps = [
    [7, { 'drafts of imports': 1 }],
    [
      30,
      {
        'mails about people’s own affairs': 1,
        'notes of what was typed at sign-ups': 1,
        'refused rows of imports': 1,
        'acts on many people': 1,
      },
    ],
    [731, { 'reasons for leaving': 1 }],
  ] as const
  for (const [days, gone] of steps) {
    world.clock.set(new Date(now.getTime() + days * DAY - 1).toISOString())
    expect(await removed()).toEqual({})
    world.clock.set(new Date(now.getTime() + days * DAY).toISOString())
    expect(await due()).toEqual(gone)
    expect(await removed()).toEqual(gone)
  }
})

it('keeps what its settings say, and notes who changed them', async () => {
  const periods = await retentionPeriods(world)
  await saveRetention(world, periods, null)
  await saveRetention(world, { ...periods, captured_days: 5, audit_months: 12 }, null)
  const now = world.clock.now()
  await captureMail(world, {
    issueId: null,
    recipient: 'a@example.org',
    message: Buffer.from('Subject: x\r\n\r\n'),
  })
  world.clock.advance(5 * DAY)
  expect(await removed()).toEqual({ 'captured mails': 1 })
  const audit = await world.db
    .selectFrom('audit_entry')
    .select(['action', 'detail'])
    .where('occurred_at', '=', now)
    .execute()
  expect(audit).toEqual([
    { action: 'save-retention', detail: 'captured days: 30 → 5; audit months: 36 → 12' },
  ])
  const typed = { ...periods, captured_days: '', audit_months: '0', evidence_months: '0' }
  expect(RetentionForm.safeParse(typed).error?.issues.map(({ path }) => path[0])).toEqual([
    'captured_days',
    'audit_months',
  ])
  await recordAudit(world.db, { action: 'x', subjectIds: [], by: null, now })
})

it('counts days and months back', () => {
  const now = new Date('2026-03-31T12:00:00Z')
  expect(daysBefore(now, 7).toISOString()).toBe('2026-03-24T12:00:00.000Z')
  expect(monthsBefore(now, 13).toISOString()).toBe('2025-03-03T12:00:00.000Z')
  expect(monthsBefore(now, 12).toISOString()).toBe('2025-03-31T12:00:00.000Z')
})
