import { chooseSubject } from '../../src/delivery/choose-subject.js'
import { decideSubject } from '../../src/delivery/decide-subject.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { resumeIssue } from '../../src/delivery/resume-issue.js'
import { sendIssue } from '../../src/delivery/send-issue.js'
import { openSender } from '../../src/delivery/sender.js'
import { bestSubject } from '../../src/delivery/subject-counts.js'
import { subjectTestState } from '../../src/delivery/subject-test-state.js'
import { sweep } from '../../src/delivery/sweep.js'
import { webView } from '../../src/delivery/web-view.js'
import { addLanguage } from '../../src/issues/add-language.js'
import { reviseLanguage } from '../../src/issues/revise-language.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { Outcome } from '../../src/smtp/mailer.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const HOUR_MS = 3_600_000

async function released({ readers = 60, subjects = ['Bee <<contact.FIRSTNAME>>', 'Cee'] } = {}) {
  const { listId } = await listWithReaders(world, 'town', readers)
  const draft = await completeDraft(world, [listId])
  await world.db.updateTable('issue').set({ subject: 'Ay' }).where('id', '=', draft.issueId).execute()
  const canary = { listId: null, percent: 50, limitPercent: 5 }
  await scheduleIssue(world, { ...draft, canary, subjectTest: { subjects, hours: 4 } }, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  return draft.issueId
}
/** Takes turns at an issue until two of them in a row move nothing more: a slow machine may get through none in one. */
async function send(issueId: string): Promise<void> {
  const sender = await openSender(world)
  const turn = { issueId, lane: 0, turn: 0 }
  let before = ''
  for (let idle = 0; idle < 2; ) {
    await sendIssue(world, sender, { turn, stopping: new AbortController().signal })
    const now = JSON.stringify(await progress(world.db, issueId))
    idle = now === before ? idle + 1 : 0
    before = now
  }
  await sender.close()
}
const issueOf = (id: string) =>
  world.db.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const rowsOf = (id: string) =>
  world.db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select(['subscriber_id', 'email', 'is_canary', 'variant', 'delivery.status'])
    .where('issue_id', '=', id)
    .execute()
const SUBJECTS = ['Ay', 'Bee Ada', 'Cee']

it('tries each subject on some of the part, waits its hours, and sends A to everybody else', async () => {
  const issueId = await released()
  await send(issueId)
  const rows = await rowsOf(issueId)
  const part = rows.filter(({ is_canary }) => is_canary)
  expect(new Set(part.map(({ variant }) => variant))).toEqual(new Set([0, 1, 2]))
  expect(rows.filter(({ is_canary, variant }) => !is_canary && variant !== null)).toEqual([])
  expect(world.sent).toHaveLength(part.length)
  for (const { email, variant } of part)
    expect(world.sent.find(({ envelope }) => envelope.to === email)?.subject).toBe(SUBJECTS[variant ?? 0])
  const decidesAt = new Date(world.clock.now().getTime() + 4 * HOUR_MS)
  expect(await issueOf(issueId)).toMatchObject({
    status: 'sending',
    canary_status: 'running',
    subject_decides_at: decidesAt,
    subject_winner: null,
  })
  world.clock.advance(4 * HOUR_MS - 1000)
  await sweep(world)
  await send(issueId)
  expect(world.sent).toHaveLength(part.length)
  world.clock.advance(1000)
  await sweep(world)
  await send(issueId)
  expect(await issueOf(issueId)).toMatchObject({ status: 'sent', canary_status: 'passed', subject_winner: 0 })
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 60, total: 60 })
  const rest = rows.filter(({ is_canary }) => !is_canary).map(({ email }) => email)
  const later = world.sent.filter(({ envelope }) => rest.includes(envelope.to))
  expect(new Set(later.map(({ subject }) => subject))).toEqual(new Set(['Ay']))
  expect(new Set(world.sent.map(({ envelope }) => envelope.to)).size).toBe(60)
})

it('shows each reader on the web what they got, also in the title of the page', async () => {
  const issueId = await released({ subjects: ['Bee'] })
  await send(issueId)
  await chooseSubject(world, { issueId, variant: 1, by: null })
  await send(issueId)
  for (const { subscriber_id: subscriberId, email, variant } of await rowsOf(issueId)) {
    const subject = variant === 0 ? 'Ay' : 'Bee'
    const mail = world.sent.find(({ envelope }) => envelope.to === email)
    expect([mail?.subject, /<title>(.*?)<\/title>/.exec(mail?.html ?? '')?.[1]]).toEqual([subject, subject])
    expect(await webView(world, { issueId, subscriberId })).toContain(`<title>${subject}</title>`)
  }
})

it('counts nobody for a subject whose edition has only one', async () => {
  const { listId, readers } = await listWithReaders(world, 'town', 60)
  const draft = await completeDraft(world, [listId])
  await addLanguage(world, draft, 'fi')
  const translated = { ...draft, version: draft.version + 1 }
  await reviseLanguage(world, translated, { language: 'fi', subject: 'Hei', preheader: '' })
  const finns = readers.slice(0, 30)
  await world.db.updateTable('subscriber').set({ language: 'fi-FI' }).where('id', 'in', finns).execute()
  const canary = { listId: null, percent: 50, limitPercent: 5 }
  const now = { ...draft, version: draft.version + 2 }
  await scheduleIssue(world, { ...now, canary, subjectTest: { subjects: ['Bee'], hours: 4 } }, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  await send(draft.issueId)
  const part = (await rowsOf(draft.issueId)).filter(({ is_canary }) => is_canary)
  const ofFinns = part.filter(({ subscriber_id }) => finns.includes(subscriber_id))
  expect(ofFinns.length).toBeGreaterThan(0)
  expect(ofFinns.filter(({ variant }) => variant !== null)).toEqual([])
  for (const { email } of ofFinns)
    expect(world.sent.find(({ envelope }) => envelope.to === email)?.subject).toBe('Hei')
  expect(part.filter(({ variant }) => variant === null)).toHaveLength(ofFinns.length)
  const state = await subjectTestState(world.db, draft.issueId)
  expect(state?.subjects.reduce((sum, { readers: count }) => sum + count, 0)).toBe(
    part.length - ofFinns.length,
  )
})

it('lets clicks decide when they are counted', async () => {
  const issueId = await released()
  await send(issueId)
  world.clock.advance(5 * HOUR_MS)
  const { subject_test: test } = await issueOf(issueId)
  if (!test) throw new Error('There is no test.')
  const clicks = async () => new Map([[2, 3]])
  await decideSubject(world, { issueId, test, tried: 30 }, clicks)
  expect((await issueOf(issueId)).subject_winner).toBe(2)
})

it('lets somebody choose before that, once, also while it is paused', async () => {
  const issueId = await released()
  await send(issueId)
  await expect(chooseSubject(world, { issueId, variant: 3, by: null })).rejects.toThrow('no such subject')
  await world.db.updateTable('issue').set({ status: 'paused' }).execute()
  await chooseSubject(world, { issueId, variant: 2, by: null })
  await expect(chooseSubject(world, { issueId, variant: 1, by: null })).rejects.toThrow('chosen already')
  await resumeIssue(world, { issueId, by: null })
  await send(issueId)
  const rest = (await rowsOf(issueId)).filter(({ is_canary }) => !is_canary).map(({ email }) => email)
  const later = world.sent.filter(({ envelope }) => rest.includes(envelope.to))
  expect(new Set(later.map(({ subject }) => subject))).toEqual(new Set(['Cee']))
  expect(await subjectTestState(world.db, issueId)).toMatchObject({
    isRunning: false,
    subjects: [{ letter: 'A' }, { letter: 'B' }, { letter: 'C', isChosen: true }],
  })
  const audit = await world.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'choose-subject')
    .execute()
  expect(audit).toEqual([{ detail: 'Subject C' }])
})

const refusal = (kind: 'rejected' | 'deferred', code: number): Outcome => ({
  kind,
  reply: { stage: 'data', code, enhancedCode: null, text: `${code} no`, class: 'greylisted' },
})

it('tries those of the part again who were deferred, with the same subject, before anybody else', async () => {
  const issueId = await released({ readers: 20 })
  const part = (await rowsOf(issueId)).filter(({ is_canary }) => is_canary)
  const [first] = part
  world.outcomes.set(first?.email ?? '', [refusal('deferred', 451)])
  await send(issueId)
  expect(world.sent).toHaveLength(part.length - 1)
  world.clock.advance(HOUR_MS)
  await sweep(world)
  await send(issueId)
  expect(world.sent).toHaveLength(part.length)
  expect(world.sent.at(-1)).toMatchObject({ subject: SUBJECTS[first?.variant ?? 0] })
  expect((await issueOf(issueId)).canary_status).toBe('running')
})

it('pauses itself when the part refuses it, and goes on with A when somebody says so', async () => {
  const issueId = await released({ readers: 20 })
  for (const { email } of await rowsOf(issueId)) world.outcomes.set(email, [refusal('rejected', 550)])
  await send(issueId)
  expect(await issueOf(issueId)).toMatchObject({ status: 'paused', canary_status: 'failed' })
  world.outcomes.clear()
  await resumeIssue(world, { issueId, by: null })
  await send(issueId)
  expect(await issueOf(issueId)).toMatchObject({ status: 'sent', subject_winner: 0 })
  expect(new Set(world.sent.map(({ subject }) => subject))).toEqual(new Set(['Ay']))
})

it('does not wait for a part in which nobody is', async () => {
  const issueId = await released({ readers: 12 })
  await world.db.updateTable('delivery').set({ is_canary: false, variant: null }).execute()
  await sweep(world)
  expect(await issueOf(issueId)).toMatchObject({ canary_status: 'passed', subject_winner: 0 })
})

it('chooses by the share of readers who clicked, and the earlier one of those that are level', () => {
  const count = (variant: number, accepted: number, clicks: number) => ({
    variant,
    readers: accepted,
    accepted,
    clicks,
  })
  expect(bestSubject([count(0, 10, 0), count(1, 10, 0)])).toBe(0)
  expect(bestSubject([count(0, 100, 5), count(1, 10, 4)])).toBe(1)
  expect(bestSubject([count(0, 0, 0), count(1, 10, 1), count(2, 10, 1)])).toBe(1)
  expect(bestSubject([])).toBe(0)
})

it.each([
  [{ subjects: ['Ay'], hours: 4 }, 50, 'subject_b'],
  [{ subjects: ['Bee', 'Bee'], hours: 4 }, 50, 'subject_c'],
  [{ subjects: ['Bee', 'Cee'], hours: 4 }, 10, 'test_percent'],
  [{ subjects: ['Bee <<contact.NOTHING>>'], hours: 4 }, 50, 'subject_b'],
])('refuses %j on %d %%', async (subjectTest, percent, field) => {
  const { listId } = await listWithReaders(world, 'town', 12)
  const draft = await completeDraft(world, [listId])
  await world.db.updateTable('issue').set({ subject: 'Ay' }).execute()
  const canary = { listId: null, percent, limitPercent: 5 }
  const refused = scheduleIssue(world, { ...draft, canary, subjectTest }, null)
  await expect(refused).rejects.toMatchObject({ issues: { [field]: expect.any(String) } })
})

it('writes nothing about subjects for an issue that has one', async () => {
  const { listId } = await listWithReaders(world, 'town', 5)
  const draft = await completeDraft(world, [listId])
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  await send(draft.issueId)
  expect((await rowsOf(draft.issueId)).map(({ variant }) => variant)).toEqual(Array(5).fill(null))
  expect(await subjectTestState(world.db, draft.issueId)).toBeNull()
  await expect(chooseSubject(world, { issueId: draft.issueId, variant: 0, by: null })).rejects.toThrow(
    'one subject for everybody',
  )
})
