import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../db/uuid.js'
import { addressTraces, mentions } from '../../src/address-traces.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { beginBulkAct } from '../../src/audience/bulk/begin-bulk-act.js'
import { changePreferences } from '../../src/audience/change-preferences.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseAddress, eraseSubscriber } from '../../src/audience/erase-subscriber.js'
import { findEvidence } from '../../src/audience/erasure/find-evidence.js'
import { findMentions } from '../../src/audience/erasure/find-mentions.js'
import { forgetLeftovers } from '../../src/audience/erasure/forget-leftovers.js'
import { erasures } from '../../src/audience/erasures.js'
import { giveLeaveReason } from '../../src/audience/give-leave-reason.js'
import { keepSignUp } from '../../src/audience/keep-sign-up.js'
import { reapplyErasures } from '../../src/audience/reapply-erasures.js'
import { requestAddressChange } from '../../src/audience/request-address-change.js'
import type { Group } from '../../src/audience/segments/segment-tree.js'
import { sendConfirmation } from '../../src/audience/send-confirmation.js'
import { sendConfirmationJob } from '../../src/audience/send-confirmation-job.js'
import { isSuppressed, suppressAddress } from '../../src/audience/suppress-address.js'
import { unsubscribe } from '../../src/audience/unsubscribe.js'
import { writeNote } from '../../src/audience/write-note.js'
import { captureMail } from '../../src/capture-mail.js'
import { exportBalance } from '../../src/delivery/export-balance.js'
import { progress } from '../../src/delivery/progress.js'
import { saveTestGroup } from '../../src/delivery/test-groups/save-test-group.js'
import { keepTestChoice } from '../../src/delivery/test-groups/test-choice.js'
import { journalLine, openErasureJournal, parseJournal } from '../../src/erasure-journal.js'
import { NotFoundError } from '../../src/errors.js'
import { writeComment } from '../../src/issues/comments/write-comment.js'
import { recordAudit } from '../../src/issues/record-audit.js'
import { openQueues } from '../../src/queues/open-queues.js'
import { parseKeyRing } from '../../src/secrets.js'
import { openKeptMail } from '../../src/smtp/inbox/kept-mail.js'
import { openMessageStore } from '../../src/smtp/inbox/message-store.js'
import { composeMail } from '../../src/smtp/nodemailer-mailer.js'
import { databaseDump, filesBelow } from '../helpers/everything-kept.js'
import { completeDraft } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue, said } from '../helpers/sent-issue.js'
import { createAccount } from '../helpers/sign-in.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

// A local part that nothing else contains, and that is escaped differently in a link, in HTML and in a mail.
const EMAIL = "Quill.O'Featherstone+bells=1@müller.example"
const KEY = "quill.o'featherstone+bells=1@xn--mller-kva.example"

let world: World
let home: string
beforeEach(async () => {
  world = await createWorld()
  home = await mkdtemp(join(tmpdir(), 'carillon-erase-'))
  world.keptMail = openKeptMail(null, home)
  world.journal = openErasureJournal(join(home, 'erasures.csv'))
})
afterEach(async () => {
  await world.close()
  await rm(home, { recursive: true, force: true })
})

const erase = (subscriberId: string) => eraseSubscriber(world, { subscriberId, by: null })
const idOf = async (emailKey: string) =>
  (
    await world.db
      .selectFrom('subscriber')
      .select('id')
      .where('email_key', '=', emailKey)
      .executeTakeFirstOrThrow()
  ).id
const deliveriesOf = (issueId: string) =>
  world.db
    .selectFrom('delivery')
    .select(['status', 'skip_reason', 'smtp_text', 'smtp_code', 'subscriber_id'])
    .where('issue_id', '=', issueId)
    .execute()

/** How much of somebody is in some bytes: their address and its local part in every form that it may take. */
function tracesIn(bytes: Buffer): string[] {
  const needles = [EMAIL, KEY, EMAIL.split('@')[0] ?? '', KEY.split('@')[0] ?? '', 'featherstone']
  return needles.filter((needle) => mentions(bytes, addressTraces([needle])))
}

const mailTo = (to: string, words: string) =>
  composeMail({
    from: { name: 'Makers', address: 'news@makers.example' },
    to: { name: '', address: to },
    subject: 'Hello',
    html: `<p>${words} — ${'ä'.repeat(300)}</p>`,
    text: `${words} ${'ž'.repeat(300)}`,
    messageId: '<1@makers.example>',
    date: new Date(0),
    headers: {},
    envelope: { from: 'news@makers.example', to },
  })

it('leaves no trace of a person in any table, queue, mail or file, and every number as it was', async () => {
  const { issueId, listId } = await fannedOutIssue(world, 'town', 1)
  const queues = await openQueues({ databaseUrl: world.databaseUrl, redisUrl: null, log: world.log })
  await signUp(world, { email: EMAIL, listIds: [listId], consentText: 'Yes', language: 'en' })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  await queues.enqueue(sendConfirmationJob, { confirmationId })
  await queues.close()
  await sendConfirmation(world, { confirmationId })
  await confirmSubscription(world, confirmationToken(world.keys, confirmationId))
  const id = await idOf(KEY)
  await world.db
    .updateTable('subscriber')
    .set({ fields: JSON.stringify({ FIRSTNAME: 'Featherstone' }) })
    .where('id', '=', id)
    .execute()
  world.outcomes.set("Quill.O'Featherstone+bells=1@xn--mller-kva.example", [
    said('rejected', 550, `550 5.1.1 <${EMAIL}> unknown here`),
  ])
  const issues = [issueId]
  for (const name of ['first', 'second']) {
    const made = await fannedOutIssue(world, name, 2)
    issues.push(made.issueId)
    await world.db
      .insertInto('delivery')
      .values({
        id: newId(world.clock.now()),
        issue_id: made.issueId,
        month: '2026-03-01',
        subscriber_id: id,
        status: name === 'first' ? 'rejected' : 'accepted',
        smtp_text: `550 <${EMAIL}> unknown`,
        smtp_code: 550,
        not_before: null,
        first_attempt_at: world.clock.now(),
        finished_at: world.clock.now(),
        skip_reason: null,
        smtp_stage: 'recipient',
        smtp_enhanced_code: null,
        smtp_class: null,
        variant: null,
        bounced_at: null,
        complained_at: null,
      })
      .execute()
  }
  await unsubscribe(world, { subscriberId: id, issueId, channel: 'one-click' })
  await suppressAddress(world, { email: EMAIL, reason: 'hard-bounce', note: `bounced: ${EMAIL}` })
  const draft = await completeDraft(world, [listId])
  await writeComment(world, { issueId: draft.issueId, blockId: null, body: `Ask ${EMAIL}.`, by: null })
  const detail = `to ${EMAIL}, other@example.org as ${KEY}`
  await recordAudit(world.db, {
    action: 'send-test',
    subjectIds: [id],
    detail,
    by: null,
    now: world.clock.now(),
  })
  await saveTestGroup(world, {
    id: null,
    input: { name: 'Team', addresses: `${EMAIL}\nbo@example.org` },
    by: null,
  })
  await world.db
    .insertInto('transport_error')
    .values({
      id: newId(world.clock.now()),
      occurred_at: world.clock.now(),
      stage: 'data',
      code: 451,
      text: `<${KEY}>`,
    })
    .execute()
  await captureMail(world, { issueId: null, recipient: KEY, message: await mailTo(KEY, `Dear ${EMAIL}`) })
  const about = await mailTo('bo@example.org', `A test as ${EMAIL}`)
  await captureMail(world, { issueId: null, recipient: 'bo@example.org', message: about })
  const other = await mailTo('bo@example.org', 'Dear bo')
  await captureMail(world, { issueId: null, recipient: 'bo@example.org', message: other })
  const store = await openMessageStore({ folder: join(home, 'inbox'), limit: 10 })
  await store.add({ from: 'news@makers.example', to: [KEY] }, await mailTo(KEY, 'Dear reader'))
  await store.add({ from: 'news@makers.example', to: ['bo@example.org'] }, other)
  const numbers = await Promise.all(issues.map((issue) => progress(world.db, issue)))
  expect(tracesIn(await databaseDump(world.db))).toHaveLength(5)
  expect(tracesIn(await filesBelow(home))).not.toEqual([])

  await erase(id)

  expect(tracesIn(await databaseDump(world.db))).toEqual([])
  expect(tracesIn(await filesBelow(home))).toEqual([])
  expect((await databaseDump(world.db)).includes(id)).toBe(true)
  world.clock.advance(25 * 3_600_000)
  await forgetLeftovers(world)
  expect((await databaseDump(world.db)).includes(id)).toBe(false)
  expect(await Promise.all(issues.map((issue) => progress(world.db, issue)))).toEqual(numbers)
  expect(await world.db.selectFrom('captured_mail').select('recipient').execute()).toHaveLength(1)
  expect(await world.db.selectFrom('test_group').select('addresses').execute()).toEqual([
    { addresses: ['bo@example.org'] },
  ])
  const sums: string[] = []
  for await (const piece of exportBalance(world, issues[1] ?? '')) sums.push(piece)
  expect(sums.join('')).toContain('(erased),1,recipient,rejected,,550')
  const audit = await world.db.selectFrom('audit_entry').select(['action', 'detail']).execute()
  expect(audit).toContainEqual({ action: 'send-test', detail: 'to (erased), other@example.org as (erased)' })
  expect(audit).toContainEqual({ action: 'erase-subscriber', detail: '' })
})

it('touches nobody whose address only ends or begins like the erased one', async () => {
  const list = await fannedOutIssue(world, 'town', 1)
  const add = (email: string) =>
    addSubscriber(world, { email, listIds: [list.listId], note: `Said ${email}` })
  const a = await add('a@example.org')
  const ada = await add('ada@example.org')
  const now = world.clock.now()
  const detail = 'a@example.org, ada@example.org, a@example.org.uk, A@EXAMPLE.ORG.'
  await recordAudit(world.db, { action: 'send-test', subjectIds: [a, ada], detail, by: null, now })
  await erase(a)
  const entry = await world.db
    .selectFrom('audit_entry')
    .select(['detail', 'subject_ids'])
    .where('action', '=', 'send-test')
    .executeTakeFirst()
  expect(entry).toEqual({
    detail: '(erased), ada@example.org, a@example.org.uk, (erased).',
    subject_ids: [ada],
  })
  expect(await idOf('ada@example.org')).toBe(ada)
  await expect(erase(a)).rejects.toThrow(NotFoundError)
})

it('skips what waits, and lets what is on the wire end before it forgets whose it was', async () => {
  const { issueId, readers } = await fannedOutIssue(world, 'town', 3)
  const [first = '', second = ''] = readers
  await world.db
    .updateTable('delivery')
    .set({ status: 'sending', attempts: 1 })
    .where('subscriber_id', '=', first)
    .execute()
  await erase(first)
  await erase(second)
  expect(await deliveriesOf(issueId)).toContainEqual(
    expect.objectContaining({ status: 'sending', subscriber_id: first }),
  )
  expect(await forgetLeftovers(world)).toBe(0)
  await world.db
    .updateTable('delivery')
    .set({ status: 'rejected', smtp_text: '550 <r1.town@example.org> no', smtp_code: 550 })
    .where('subscriber_id', '=', first)
    .execute()
  await sendBatch(world, { issueId })
  expect(await forgetLeftovers(world)).toBe(1)
  const rows = await deliveriesOf(issueId)
  expect(rows.map(({ status, skip_reason }) => [status, skip_reason]).sort()).toEqual([
    ['accepted', null],
    ['rejected', null],
    ['skipped', 'erased'],
  ])
  expect(rows.find(({ status }) => status === 'rejected')).toMatchObject({ smtp_text: null, smtp_code: 550 })
  expect(rows.map(({ subscriber_id }) => subscriber_id)).not.toContain(first)
  expect(await progress(world.db, issueId)).toMatchObject({ total: 3, accepted: 1, rejected: 1, skipped: 1 })
})

it('keeps the address out until its owner signs up again and confirms', async () => {
  const { listId } = await fannedOutIssue(world, 'town', 1)
  const add = () => addSubscriber(world, { email: 'ada@example.org', listIds: [listId], note: 'Fair' })
  await erase(await add())
  await expect(add()).rejects.toThrow('must not get mail')
  await signUp(world, { email: 'ada@example.org', listIds: [listId], consentText: 'Yes', language: 'en' })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  expect(await isSuppressed(world, 'ada@example.org')).toBe(true)
  await confirmSubscription(world, confirmationToken(world.keys, confirmationId))
  expect(await isSuppressed(world, 'ada@example.org')).toBe(false)
  await erase(await idOf('ada@example.org'))
  expect(await isSuppressed(world, 'ada@example.org')).toBe(true)
})

it('asks who comes back to confirm also on a list that needs no confirmation, and lets nobody in whom others keep out', async () => {
  const single = await createList(world, { name: 'Single', optIn: 'single' })
  const standing = async (email: string) =>
    world.db
      .selectFrom('subscription')
      .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
      .select('status')
      .where('email', '=', email)
      .execute()
  const ask = (email: string) =>
    signUp(world, { email, listIds: [single], consentText: 'Yes', language: 'en' })
  await erase(await addSubscriber(world, { email: 'ada@example.org', listIds: [single], note: 'Fair' }))
  await suppressAddress(world, { email: 'bo@example.org', reason: 'unsubscribe-all' })
  await suppressAddress(world, { email: 'cy@example.org', reason: 'complaint' })
  for (const name of ['ada', 'bo', 'cy', 'dora']) await ask(`${name}@example.org`)
  expect(await standing('ada@example.org')).toEqual([{ status: 'pending' }])
  expect(await standing('bo@example.org')).toEqual([])
  expect(await standing('cy@example.org')).toEqual([])
  expect(await standing('dora@example.org')).toEqual([{ status: 'confirmed' }])
  const { id: subscriberId } = await world.db
    .selectFrom('subscriber')
    .select('id')
    .where('email', '=', 'dora@example.org')
    .executeTakeFirstOrThrow()
  const open = await createList(world, { name: 'Open' })
  const tick = {
    subscriberId,
    issueId: newId(world.clock.now()),
    listIds: [single, open],
    consentText: 'Yes',
  }
  await suppressAddress(world, { email: 'dora@example.org', reason: 'hard-bounce' })
  expect(await changePreferences(world, tick)).toEqual({ isAsking: false })
  await world.db
    .updateTable('suppression')
    .set({ reason: 'unsubscribe-all' })
    .where('email_key', '=', 'dora@example.org')
    .execute()
  expect(await changePreferences(world, tick)).toEqual({ isAsking: true })
})

it('finds somebody in sign-ups on their way, changes of address, notes, segments and acts on many', async () => {
  const { listId, readers } = await fannedOutIssue(world, 'town', 1)
  const [other = ''] = readers
  const email = 'quill@example.org'
  const id = await addSubscriber(world, { email, listIds: [listId], note: 'Fair' })
  const form = await world.db.selectFrom('form').select('id').executeTakeFirstOrThrow()
  await keepSignUp(world, {
    ...{ address: { email, key: email, needsSmtpUtf8: false }, listIds: [listId], fields: {} },
    ...{ form: { id: form.id, version: 1 }, readerLanguage: null, consentText: 'Yes', language: 'en' },
  })
  const { id: by } = await createAccount(world, 'coordinator')
  await writeNote(world, { subscriberId: other, text: `Knows ${email}.`, by })
  await requestAddressChange(world, { subscriberId: other, email: 'quill@example.com', language: 'en' })
  await world.db.updateTable('subscriber_mail').set({ address: email }).execute()
  const tree: Group = { match: 'all', parts: [{ about: 'address', test: 'is', value: email }] }
  await world.db
    .insertInto('segment')
    .values({
      ...{ id: newId(world.clock.now()), name: 'Quill', tree: JSON.stringify(tree), created_by: null },
      ...{ created_at: world.clock.now(), updated_at: world.clock.now(), archived_at: null },
    })
    .execute()
  await beginBulkAct(world, {
    what: { kind: 'suppress', note: `As ${email} asked` },
    ...{ scope: { search: email }, expected: 1, by },
  })
  await giveLeaveReason(world, {
    subscriberId: other,
    issueId: newId(world.clock.now()),
    reason: 'other',
    note: 'x',
  })
  await world.db
    .updateTable('leave_reason')
    .set({ note: `Ask ${email}` })
    .execute()
  expect((await databaseDump(world.db)).includes(email)).toBe(true)
  await erase(id)
  expect((await databaseDump(world.db)).includes('quill@')).toBe(false)
})

it('erases an address that only a suppression names', async () => {
  await suppressAddress(world, { email: 'gone@example.org', reason: 'complaint' })
  expect(await eraseAddress(world, { email: 'Gone@example.org', by: null })).toEqual({ wasSubscriber: false })
  expect((await databaseDump(world.db)).includes('gone@example.org')).toBe(false)
  expect(await isSuppressed(world, 'gone@example.org')).toBe(true)
})

it('keeps evidence without a name where the settings ask for it, and finds it by the address', async () => {
  const { listId } = await fannedOutIssue(world, 'town', 1)
  const add = (email: string) => addSubscriber(world, { email, listIds: [listId], note: `Fair, ${email}` })
  await erase(await add('ada@example.org'))
  expect(await findEvidence(world, 'ada@example.org')).toEqual([])
  await world.db.updateTable('retention').set({ evidence_months: 36 }).execute()
  await erase(await add('bo@example.org'))
  expect(await findEvidence(world, 'Bo@example.org')).toMatchObject([
    {
      erased_at: world.clock.now(),
      events: [{ kind: 'added', channel: 'coordinator', formVersion: null, mailSentAt: null }],
    },
  ])
  expect((await databaseDump(world.db)).includes('bo@example.org')).toBe(false)
})

it('says where else an address stands', async () => {
  const { listId } = await fannedOutIssue(world, 'town', 1)
  const { issueId } = await completeDraft(world, [listId])
  await world.db
    .updateTable('issue')
    .set({ preheader: 'Write to Ada@Example.org' })
    .where('id', '=', issueId)
    .execute()
  expect(await findMentions(world, ['ada@example.org'])).toEqual([
    { kind: 'issue', id: issueId, title: expect.any(String) },
  ])
  expect(await findMentions(world, ['nobody@example.org'])).toEqual([])
})

describe('the journal', () => {
  it('erases again whom a backup brought back, but not who came back since', async () => {
    const { listId } = await fannedOutIssue(world, 'town', 1)
    const add = (email: string) => addSubscriber(world, { email, listIds: [listId], note: 'Fair' })
    await erase(await add('ada@example.org'))
    await erase(await add('bo@example.org'))
    const { entries, problems } = parseJournal(await readFile(join(home, 'erasures.csv'), 'utf8'))
    expect(problems).toEqual([])
    expect(entries).toHaveLength(2)
    const known: string[] = []
    for await (const entry of erasures(world)) known.push(journalLine(entry))
    expect(known.sort()).toEqual(entries.map(journalLine).sort())
    // The backup: from before both.
    await world.db.deleteFrom('suppression').execute()
    await world.db.deleteFrom('erasure').execute()
    await add('ada@example.org')
    await suppressAddress(world, { email: 'bo@example.org', reason: 'complaint' })
    world.clock.advance(3_600_000)
    const retired = { ...entries[0]!, keyId: 'gone' }
    expect(await reapplyErasures(world, [...entries, retired])).toEqual({
      entries: 3,
      erased: 2,
      unreadable: 1,
    })
    expect(await isSuppressed(world, 'ada@example.org')).toBe(true)
    expect(await isSuppressed(world, 'bo@example.org')).toBe(true)
    expect(await reapplyErasures(world, entries)).toEqual({ entries: 2, erased: 0, unreadable: 0 })
    await world.db.deleteFrom('suppression').execute()
    const back = await add('ada@example.org')
    expect(await reapplyErasures(world, entries)).toMatchObject({ erased: 0 })
    expect(await idOf('ada@example.org')).toBe(back)
    expect(await isSuppressed(world, 'ada@example.org')).toBe(false)
    expect(await isSuppressed(world, 'bo@example.org')).toBe(true)
  })

  it('numbers lines that are none', () => {
    const good = journalLine({ erasedAt: new Date(0), keyId: 'k1', hash: Buffer.alloc(32) })
    expect(parseJournal(`${good}\r\n\nx,y\n${good.slice(1)}\n`)).toEqual({
      entries: [{ erasedAt: new Date(0), keyId: 'k1', hash: Buffer.alloc(32) }],
      problems: [3, 4],
    })
  })

  it('must not keep anybody from being erased when it cannot be written', async () => {
    const { listId } = await fannedOutIssue(world, 'town', 1)
    const id = await addSubscriber(world, { email: 'ada@example.org', listIds: [listId], note: 'Fair' })
    const journal = { append: () => Promise.reject(new Error('read-only')) }
    await eraseSubscriber({ ...world, journal }, { subscriberId: id, by: null })
    expect(await isSuppressed(world, 'ada@example.org')).toBe(true)
  })
})

it('is of the newest key, and stays known under a ring that was rotated', async () => {
  const old = parseKeyRing(`old:${'cd'.repeat(32)}`)
  await eraseAddress({ ...world, keys: old }, { email: 'ada@example.org', by: null })
  const rotated = parseKeyRing(`new:${'ab'.repeat(32)},old:${'cd'.repeat(32)}`)
  expect(await isSuppressed({ ...world, keys: rotated }, 'ada@example.org')).toBe(true)
})

it('clears what an account last chose for a test', async () => {
  const accountId = newId(world.clock.now())
  await world.db
    .insertInto('account')
    .values({
      id: accountId,
      email: 'c@example.org',
      name: 'C',
      role: 'admin',
      password_hash: null,
      created_at: world.clock.now(),
      disabled_at: null,
    })
    .execute()
  await keepTestChoice(world, accountId, { addresses: 'bo@example.org, Ada@Example.org', groupIds: [] })
  await eraseAddress(world, { email: 'ada@example.org', by: null })
  expect(await world.db.selectFrom('test_choice').select('addresses').execute()).toEqual([
    { addresses: 'bo@example.org, (erased)' },
  ])
})
