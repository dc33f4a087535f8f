import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { archiveSegment, createSegment, reviseSegment } from '../../src/audience/segments/save-segment.js'
import type { Group } from '../../src/audience/segments/segment-tree.js'
import { exportBalance } from '../../src/delivery/export-balance.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { InvalidError } from '../../src/errors.js'
import { issueApproval } from '../../src/issues/approval/issue-approval.js'
import { issueBalance } from '../../src/issues/balance.js'
import { duplicateIssue } from '../../src/issues/duplicate-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import type { SegmentRule } from '../../src/issues/issue-segments.js'
import { countAudience } from '../../src/issues/preflight/background/count-audience.js'
import { IssueForm, reviseIssue } from '../../src/issues/revise-issue.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { redoDraft, undoDraft } from '../../src/issues/undo-draft.js'
import { unscheduleIssue } from '../../src/issues/unschedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let listId: string
let oulu: string
let turku: string
beforeEach(async () => {
  world = await createWorld()
  listId = (await listWithReaders(world, 'town', 3)).listId
  const people = { ada: 'Oulu', ben: 'Oulu', cleo: 'Turku' }
  for (const [name, CITY] of Object.entries(people)) {
    const email = `${name}@example.org`
    await addSubscriber(world, { email, listIds: [listId], note: 'form', fields: { CITY } })
  }
  oulu = await createSegment(world, { name: 'Oulu', tree: lives('Oulu'), by: null })
  turku = await createSegment(world, { name: 'Turku', tree: lives('Turku'), by: null })
})
afterEach(() => world.close())

const lives = (city: string): Group => ({
  match: 'all',
  parts: [{ about: 'text', key: 'CITY', test: 'is', value: city }],
})

async function draftFor(rules: SegmentRule[]) {
  const draft = await completeDraft(world, [listId])
  const issue = await issueWithBlocks(world, draft.issueId)
  const version = await reviseIssue(world, draft, { ...IssueForm.parse(issue), segments: rules })
  return { issueId: draft.issueId, version }
}

async function gotBy(issueId: string): Promise<string[]> {
  const rows = await world.db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select('email')
    .where('issue_id', '=', issueId)
    .where('status', '=', 'pending')
    .orderBy('email')
    .execute()
  return rows.map(({ email }) => email)
}

const names = async (issueId: string) =>
  (await issueWithBlocks(world, issueId)).segments.map(({ name, rule }) => [name, rule])

it('is sent to the people in one segment and to nobody in another, and every count agrees', async () => {
  const only = await draftFor([{ segmentId: oulu, rule: 'only' }])
  const now = world.clock.now()
  expect(await issueBalance(world.db, only.issueId, now)).toMatchObject({ onLists: 2, recipients: 2 })
  const counted = await countAudience(world.db, { issueId: only.issueId, now }, ['CITY'])
  expect(counted).toMatchObject({ recipients: 2, empty: { CITY: 0 } })
  let csv = ''
  for await (const piece of exportBalance(world, only.issueId)) csv += piece
  expect(csv.split('\n').filter((line) => line.includes('will get it'))).toHaveLength(2)
  await scheduleIssue(world, only, null)
  const without = await draftFor([
    { segmentId: oulu, rule: 'not' },
    { segmentId: turku, rule: 'not' },
  ])
  await scheduleIssue(world, without, null)
  await releaseDueIssues(world)
  for (const { issueId } of [only, without]) await fanOutIssue(world, issueId)
  expect(await gotBy(only.issueId)).toEqual(['ada@example.org', 'ben@example.org'])
  const others = [1, 2, 3].map((number) => `r${number}.town@example.org`)
  expect(await gotBy(without.issueId)).toEqual(others)
  const { balance } = await issueWithBlocks(world, only.issueId)
  expect(balance).toMatchObject({ onLists: 2, recipients: 2 })
})

it('keeps a segment as it was when it was scheduled, also when that is edited or out of use before the fan-out', async () => {
  const draft = await draftFor([{ segmentId: oulu, rule: 'only' }])
  await scheduleIssue(world, draft, null)
  await reviseSegment(world, oulu, { name: 'Oulu', tree: lives('Turku') })
  await archiveSegment(world, oulu)
  await releaseDueIssues(world)
  await fanOutIssue(world, draft.issueId)
  expect(await gotBy(draft.issueId)).toEqual(['ada@example.org', 'ben@example.org'])
})

it('follows the segment again once it is a draft again', async () => {
  const draft = await draftFor([{ segmentId: oulu, rule: 'only' }])
  await scheduleIssue(world, draft, new Date(world.clock.now().getTime() + 3_600_000))
  await reviseSegment(world, oulu, { name: 'Oulu', tree: lives('Turku') })
  const recipients = async () => (await issueBalance(world.db, draft.issueId, world.clock.now())).recipients
  expect(await recipients()).toBe(2)
  await unscheduleIssue(world, { issueId: draft.issueId })
  expect(await recipients()).toBe(1)
})

it('is not scheduled when nobody is left', async () => {
  const rules = [oulu, turku].map((segmentId) => ({ segmentId, rule: 'only' as const }))
  const draft = await draftFor(rules)
  const refused = scheduleIssue(world, draft, null)
  await expect(refused).rejects.toThrow(InvalidError)
  await expect(refused).rejects.toThrow('Nobody on these lists and in these segments would get it.')
})

it('takes its segments along when it is copied, undone and done again', async () => {
  const draft = await draftFor([{ segmentId: oulu, rule: 'only' }])
  const copy = await duplicateIssue(world, { issueId: draft.issueId, by: null })
  expect(await names(copy)).toEqual([['Oulu', 'only']])
  const version = await undoDraft(world, draft)
  expect(await names(draft.issueId)).toEqual([])
  await redoDraft(world, { issueId: draft.issueId, version })
  expect(await names(draft.issueId)).toEqual([['Oulu', 'only']])
})

it('is another issue for whoever approves it when its segments, or what they mean, are changed', async () => {
  const draft = await draftFor([])
  const hash = async () => (await issueApproval(world, draft.issueId, world.clock.now())).hash
  const before = await hash()
  const issue = IssueForm.parse(await issueWithBlocks(world, draft.issueId))
  await reviseIssue(world, draft, { ...issue, segments: [{ segmentId: oulu, rule: 'not' }] })
  const chosen = await hash()
  expect(chosen).not.toBe(before)
  await reviseSegment(world, oulu, { name: 'Oulu', tree: lives('Turku') })
  expect(await hash()).not.toBe(chosen)
  await reviseSegment(world, oulu, { name: 'Other name', tree: lives('Oulu') })
  expect(await hash()).toBe(chosen)
})
