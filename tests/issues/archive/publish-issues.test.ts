import { cancelIssue } from '../../../src/delivery/cancel-issue.js'
import { releaseDueIssues } from '../../../src/delivery/release-due-issues.js'
import { changeVisibility } from '../../../src/issues/archive/change-visibility.js'
import { publicIssue } from '../../../src/issues/archive/public-issue.js'
import { publicIssues } from '../../../src/issues/archive/public-issues.js'
import { publishIssues } from '../../../src/issues/archive/publish-issues.js'
import { visibility } from '../../../src/issues/archive/visibility.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { publishedIssue, wantedDraft } from '../../helpers/published-issue.js'
import { listWithReaders } from '../../helpers/sample-issue.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let openId: string
let closedId: string
beforeAll(async () => {
  world = await createWorld()
  openId = (await listWithReaders(world, 'open', 1)).listId
  closedId = (await listWithReaders(world, 'closed', 1)).listId
  await setPublic(closedId, false)
})
afterAll(() => world.close())

const setPublic = (id: string, is_public: boolean) =>
  world.db.updateTable('list').set({ is_public }).where('id', '=', id).execute()
const shown = async () => (await publicIssues(world, { limit: 100 })).issues.map(({ id }) => id)
const slugOfIssue = async (id: string) =>
  (await world.db.selectFrom('issue').select('slug').where('id', '=', id).executeTakeFirstOrThrow()).slug

it('shows an issue from the moment it begins to leave', async () => {
  const draft = await wantedDraft(world, [openId], { title: 'Moments' })
  const isShown = async () => {
    await publishIssues(world)
    return (await shown()).includes(draft.issueId)
  }
  expect(await isShown()).toBe(false)
  await scheduleIssue(world, draft, new Date(world.clock.now().getTime() + 60_000))
  expect(await isShown()).toBe(false)
  world.clock.advance(60_000)
  await releaseDueIssues(world)
  expect(await isShown()).toBe(true)
  await expect(publicIssue(world, { slug: 'moments' })).resolves.toMatchObject({ language: 'en' })
  await cancelIssue(world, { issueId: draft.issueId, by: null })
  expect(await isShown()).toBe(false)
  await expect(publicIssue(world, { slug: 'moments' })).rejects.toThrow('There is no such issue.')
})

it('waits with an issue of which only a part has gone out', async () => {
  const id = await publishedIssue(world, [openId], { title: 'First to a few' })
  const isShownWhile = async (canary_status: 'running' | 'passed' | 'failed' | null) => {
    await world.db.updateTable('issue').set({ canary_status }).where('id', '=', id).execute()
    return (await shown()).includes(id)
  }
  expect(await isShownWhile('running')).toBe(false)
  await expect(publicIssue(world, { slug: 'first-to-a-few' })).rejects.toThrow('There is no such issue.')
  expect(await isShownWhile('failed')).toBe(false)
  expect(await isShownWhile('passed')).toBe(true)
  expect(await isShownWhile(null)).toBe(true)
})

it('follows its lists unless somebody chooses, and a change of the lists changes nothing afterwards', async () => {
  const byOpen = await publishedIssue(world, [openId])
  const byClosed = await publishedIssue(world, [closedId])
  const byBoth = await publishedIssue(world, [openId, closedId])
  const chosen = await publishedIssue(world, [closedId], { is_public: true })
  const hidden = await publishedIssue(world, [openId], { is_public: false })
  const before = await shown()
  expect(before).toEqual(expect.arrayContaining([byOpen, chosen]))
  for (const id of [byClosed, byBoth, hidden]) expect(before).not.toContain(id)
  await setPublic(openId, false)
  await setPublic(closedId, true)
  await publishIssues(world)
  expect(await shown()).toEqual(before)
  await setPublic(openId, true)
  await setPublic(closedId, false)
})

it('gives each an address of its own that stays when the title changes', async () => {
  const ids: string[] = []
  for (const title of ['Same', 'Same', 'Same 2', 'SAME!'])
    ids.push(await publishedIssue(world, [openId], { title }))
  const slugs = await Promise.all(ids.map(slugOfIssue))
  expect(slugs).toEqual(['same', 'same-2', 'same-2-2', 'same-3'])
  await world.db
    .updateTable('issue')
    .set({ title: 'Another' })
    .where('id', '=', ids[0] ?? '')
    .execute()
  await publishIssues(world)
  expect(await slugOfIssue(ids[0] ?? '')).toBe('same')
})

it('gives addresses of their own to issues that two workers publish at once', async () => {
  const drafts = []
  for (let number = 0; number < 4; number++)
    drafts.push(await wantedDraft(world, [openId], { title: 'Twins' }))
  for (const draft of drafts) await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await Promise.all([publishIssues(world), publishIssues(world), publishIssues(world)])
  const slugs = await Promise.all(drafts.map(({ issueId }) => slugOfIssue(issueId)))
  expect([...slugs].sort()).toEqual(['twins', 'twins-2', 'twins-3', 'twins-4'])
})

it('can be changed later, is noted, and is refused where it means nothing', async () => {
  const issueId = await publishedIssue(world, [openId])
  await changeVisibility(world, { issueId, isPublic: false, by: null })
  await changeVisibility(world, { issueId, isPublic: false, by: null })
  expect(await shown()).not.toContain(issueId)
  expect(await visibility(world, issueId)).toEqual({ chosen: false, byLists: true, isPublic: false })
  await changeVisibility(world, { issueId, isPublic: true, by: null })
  expect(await shown()).toContain(issueId)
  const audit = await world.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'change-visibility')
    .execute()
  expect(audit.map(({ detail }) => detail)).toEqual(['not on the web', 'for everybody to read'])
  await expect(changeVisibility(world, { issueId, isPublic: null, by: null })).rejects.toThrow('Choose')
  await world.db.updateTable('issue').set({ status: 'cancelled' }).where('id', '=', issueId).execute()
  await expect(changeVisibility(world, { issueId, isPublic: false, by: null })).rejects.toThrow('cancelled')
})

it('goes on with the others when one edition cannot be read', async () => {
  const broken = await wantedDraft(world, [openId], { title: 'Broken' })
  await scheduleIssue(world, broken, null)
  await world.db
    .updateTable('edition')
    .set({ compiled: '{"html": 1}' })
    .where('issue_id', '=', broken.issueId)
    .execute()
  const whole = await publishedIssue(world, [openId], { title: 'Whole' })
  const found = await shown()
  expect(found).toContain(whole)
  expect(found).not.toContain(broken.issueId)
  await expect(publicIssue(world, { slug: 'broken' })).rejects.toThrow('There is no such issue.')
})

it('knows the languages of an issue', async () => {
  const issueId = await publishedIssue(world, [openId], { title: 'Two tongues' })
  const edition = await world.db
    .selectFrom('edition')
    .selectAll()
    .where('issue_id', '=', issueId)
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('edition')
    .values({
      id: '00000000-0000-7000-8000-0000000000f1',
      issue_id: issueId,
      language: 'fi',
      compiled: JSON.stringify({ ...(edition.compiled as object), language: 'fi', subject: ['Kevät'] }),
      frozen_at: edition.frozen_at,
    })
    .execute()
  await publishIssues(world)
  const own = await publicIssue(world, { slug: 'two-tongues' })
  expect(own).toMatchObject({ language: 'en', languages: ['en', 'fi'] })
  const finnish = await publicIssue(world, { slug: 'two-tongues', language: 'fi' })
  expect(finnish).toMatchObject({ language: 'fi', mainLanguage: 'en', headline: 'Kevät' })
  await expect(publicIssue(world, { slug: 'two-tongues', language: 'sv' })).rejects.toThrow()
  expect((await publicIssues(world, { search: 'kevät' })).issues).toMatchObject([{ language: 'en' }])
})
