import type { Issue } from '../../db/tables/issue.js'
import { DigestForm } from '../../src/issues/digests/digest-form.js'
import { digestOf } from '../../src/issues/digests/digests.js'
import { makeDigests } from '../../src/issues/digests/make-digests.js'
import { removeDigest, restDigest, saveDigest } from '../../src/issues/digests/save-digest.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { dayOfIssue } from '../../src/issues/own-time.js'
import { replaceBlocks } from '../../src/issues/replace-blocks.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { newBlockContent } from '../../src/rendering/blocks.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const news = (title: string, region = 'Galway') =>
  createNewsItem(
    world,
    NewsItemForm.parse({
      title,
      summaryHtml: '<p>It happened.</p>',
      url: 'https://example.org/a',
      region,
      publishedOn: '2026-03-01',
    }),
    null,
  )

const FORM = {
  title: 'Monthly digest',
  every: 'month',
  nth: '1',
  weekday: '1',
  time_of_day: '09:00',
  time_zone: 'Europe/Helsinki',
  region: '',
  language: '',
  then: 'draft',
  empty: 'skip',
}

async function plan(fields: object = {}) {
  const { listId } = await listWithReaders(world, 'town', 2)
  const template = await completeDraft(world, [listId])
  const list = { ...newBlockContent('news-list'), title: 'News' }
  await replaceBlocks(world, template, [{ kind: 'news-list', content: list } as never])
  const form = { ...FORM, issue_id: template.issueId, ...fields }
  const id = await saveDigest(world, DigestForm.parse(form), { id: null, by: null })
  return { id, templateId: template.issueId, listId }
}
const made = (id: string) =>
  world.db.selectFrom('issue').selectAll().where('digest_id', '=', id).orderBy('digest_on').execute()
const at = (moment: string) => world.clock.set(moment)

it('makes a draft of the unused news on its date, once', async () => {
  const { id, listId } = await plan()
  const first = await news('One')
  await news('Two', 'Oulu')
  await makeDigests(world)
  expect(await made(id)).toEqual([])
  at('2026-04-06T06:00:10Z')
  await Promise.all([makeDigests(world), makeDigests(world), makeDigests(world)])
  const [issue, ...others] = await made(id)
  expect(others).toEqual([])
  expect(issue).toMatchObject({
    title: 'Monthly digest, 6 April 2026',
    status: 'draft',
    digest_on: '2026-04-06',
  })
  const { blocks, listIds } = await issueWithBlocks(world, issue?.id ?? '')
  const list = blocks.find(({ kind }) => kind === 'news-list')
  expect((list?.content as { newsItemIds: string[] }).newsItemIds).toContain(first)
  expect(listIds).toEqual([listId])
  expect(await digestOf(world, id)).toMatchObject({
    next_at: new Date('2026-05-04T06:00:00Z'),
    last_note: '2026-04-06: made with 2 news items.',
  })
})

it('takes only the region it is meant for, and nothing twice', async () => {
  const { id } = await plan({ region: 'Oulu' })
  await news('Elsewhere')
  const here = await news('Here', 'Oulu')
  at('2026-04-06T06:00:00Z')
  await makeDigests(world)
  at('2026-05-04T06:00:00Z')
  await makeDigests(world)
  const issues = await made(id)
  expect(issues).toHaveLength(1)
  const { blocks } = await issueWithBlocks(world, issues[0]?.id ?? '')
  expect(blocks.find(({ kind }) => kind === 'news-list')?.content).toMatchObject({ newsItemIds: [here] })
  expect((await digestOf(world, id)).last_note).toBe('2026-05-04: there was no news, so none was made.')
})

it('makes it without news, too, when it is meant to', async () => {
  const { id } = await plan({ empty: 'make' })
  at('2026-04-06T06:00:00Z')
  await makeDigests(world)
  expect(await made(id)).toHaveLength(1)
})

it('sends it when it is meant to, also after a crash in between', async () => {
  const { id } = await plan({ then: 'send' })
  await news('One')
  at('2026-04-06T06:00:00Z')
  await makeDigests(world)
  expect(await made(id)).toMatchObject([{ status: 'scheduled', send_at: world.clock.now() }])
  await news('Two')
  await world.db.updateTable('digest').set({ sends_itself: false }).execute()
  at('2026-05-04T06:00:00Z')
  await makeDigests(world)
  const [, second] = await made(id)
  expect(second?.status).toBe('draft')
  await world.db
    .updateTable('digest')
    .set({ to_send_id: second?.id ?? '' })
    .execute()
  await makeDigests(world)
  expect((await made(id)).map(({ status }) => status)).toEqual(['scheduled', 'scheduled'])
  expect((await digestOf(world, id)).to_send_id).toBeNull()
})

it('leaves as a draft what cannot be sent, and says why', async () => {
  const { id, templateId } = await plan({ then: 'send' })
  await world.db.updateTable('issue').set({ subject: '' }).where('id', '=', templateId).execute()
  await news('One')
  at('2026-04-06T06:00:00Z')
  await makeDigests(world)
  expect(await made(id)).toMatchObject([{ status: 'draft' }])
  expect((await digestOf(world, id)).last_note).toContain('It waits as a draft: Write a subject.')
})

it('makes only the last of the dates that it missed', async () => {
  const { id } = await plan({ every: 'week', weekdays: ['1', '3'] })
  await news('One')
  at('2026-03-20T12:00:00Z')
  await makeDigests(world)
  expect((await made(id)).map(({ digest_on }) => digest_on)).toEqual(['2026-03-18'])
  expect((await digestOf(world, id)).next_at).toEqual(new Date('2026-03-23T07:00:00Z'))
})

it('makes none again for a date when its hour is changed on that day', async () => {
  const { id, templateId } = await plan({ every: 'week', weekdays: ['1'] })
  await news('One')
  at('2026-03-09T07:00:00Z')
  await makeDigests(world)
  await news('Two')
  const digest = await digestOf(world, id)
  await world.db
    .updateTable('digest')
    .set({ time_of_day: '11:00', next_at: new Date('2026-03-09T09:00:00Z') })
    .execute()
  at('2026-03-09T09:00:00Z')
  await makeDigests(world)
  expect(await made(id)).toHaveLength(1)
  expect(digest.issue_id).toBe(templateId)
})

it('goes on resting when it is changed meanwhile', async () => {
  const { id, templateId } = await plan()
  await restDigest(world, { id, rests: true })
  const form = { ...FORM, title: 'Another title', issue_id: templateId, then: 'send', empty: 'make' }
  await saveDigest(world, DigestForm.parse(form), { id, by: null })
  expect(await digestOf(world, id)).toMatchObject({ title: 'Another title', next_at: null })
  at('2026-04-06T06:00:10Z')
  await makeDigests(world)
  expect(await made(id)).toEqual([])
})

it('says by its zone which day it is, and is as public as what it is made from', async () => {
  const { id, templateId } = await plan({ time_zone: 'Pacific/Auckland', then: 'send' })
  await news('One')
  await world.db.updateTable('issue').set({ is_public: false }).where('id', '=', templateId).execute()
  at('2026-04-05T21:00:10Z')
  await makeDigests(world)
  const [issue] = await made(id)
  expect(issue).toMatchObject({
    title: 'Monthly digest, 6 April 2026',
    is_public: false,
    send_zone: 'Pacific/Auckland',
  })
  expect(
    dayOfIssue(issue as Issue)
      ?.toISOString()
      .slice(0, 10),
  ).toBe('2026-04-06')
})

it('rests, goes on, says when its issue is gone, and is removed', async () => {
  const { id, templateId } = await plan()
  await news('One')
  await restDigest(world, { id, rests: true })
  at('2026-04-06T06:00:00Z')
  await makeDigests(world)
  expect(await made(id)).toEqual([])
  await restDigest(world, { id, rests: false })
  await world.db.deleteFrom('issue').where('id', '=', templateId).execute()
  at('2026-05-04T06:00:00Z')
  await makeDigests(world)
  expect(await digestOf(world, id)).toMatchObject({
    next_at: null,
    last_note: 'The issue that it is made from is gone. Choose another one.',
  })
  await removeDigest(world, id)
  await expect(digestOf(world, id)).rejects.toThrow('no such plan')
})

it.each([
  [{ title: ' ' }, 'title'],
  [{ every: 'year' }, 'every'],
  [{ every: 'week', weekdays: [] }, 'weekdays'],
  [{ every: 'month', nth: '5' }, 'nth'],
  [{ every: 'month-day', day: '32' }, 'day'],
  [{ time_of_day: '25:00' }, 'time_of_day'],
  [{ then: 'later' }, 'then'],
])('refuses a plan with %j', (fields, place) => {
  const good = {
    title: 'T',
    issue_id: '00000000-0000-7000-8000-000000000000',
    every: 'month',
    nth: '1',
    weekday: '1',
    time_of_day: '09:00',
    time_zone: 'UTC',
    then: 'draft',
    empty: 'skip',
  }
  const parsed = DigestForm.safeParse({ ...good, ...fields })
  expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([place])
})
