import { createIssue } from '../../src/issues/create-issue.js'
import { insertBlocks } from '../../src/issues/insert-blocks.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { usedNewsIds } from '../../src/issues/used-news-ids.js'
import { acceptNewsItems } from '../../src/news/accept-news-items.js'
import { archiveNewsItem } from '../../src/news/archive-news-item.js'
import { createNewsItem, proposeNewsItem } from '../../src/news/create-news-item.js'
import { newsCounts } from '../../src/news/news-counts.js'
import type { NewsFilter } from '../../src/news/news-filter.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { newsLibrary } from '../../src/news/news-library.js'
import { searchNews } from '../../src/news/search-news.js'
import { newBlockContent } from '../../src/rendering/blocks.js'
import { createAccount } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let ids: Record<'looms' | 'felt' | 'kilns' | 'old' | 'waiting', string>
let issues: { spring: string; autumn: string }
let owner: string

beforeAll(async () => {
  world = await createWorld()
  owner = (await createAccount(world, 'coordinator')).id
  const written = (title: string, more: object = {}) =>
    createNewsItem(world, NewsItemForm.parse({ title, publishedOn: '2026-02-01', ...more }), owner)
  ids = {
    looms: await written('Old looms, new hands', { region: 'Galway', ownerId: owner }),
    felt: await written('100% wool_felt', { region: 'Turku', language: 'fi', publishedOn: '2026-02-10' }),
    kilns: await written('Kilns', {
      summaryHtml: '<p>Hot <strong>clay</strong> &amp; R&amp;D</p>',
      validUntil: '2026-02-20',
    }),
    old: await written('Long ago'),
    waiting: await proposeNewsItem(
      world,
      NewsItemForm.parse({ title: 'A proposal', publishedOn: '2026-02-11', region: 'Turku' }),
      owner,
    ),
  }
  await archiveNewsItem(world, ids.old)
  issues = { spring: await issueWith([ids.looms], ids.felt), autumn: await issueWith([ids.felt], null) }
  await world.db
    .updateTable('issue')
    .set({ finished_at: new Date('2025-09-01T09:00:00Z'), title: 'Autumn issue' })
    .where('id', '=', issues.autumn)
    .execute()
})
afterAll(() => world.close())

async function issueWith(listed: string[], lead: string | null): Promise<string> {
  const issueId = await createIssue(world, { title: 'Spring issue', accountId: null })
  const now = world.clock.now()
  await world.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('block').where('issue_id', '=', issueId).execute()
    await insertBlocks(tx, { issueId, now }, [
      { kind: 'lead-story', content: { ...newBlockContent('lead-story'), newsItemId: lead } },
      {
        kind: 'news-list',
        content: { ...newBlockContent('news-list'), newsItemIds: listed },
      },
    ])
  })
  return issueId
}

async function found(filter: NewsFilter): Promise<string[]> {
  const { items, total } = await searchNews(world, filter)
  expect(total).toBe(items.length)
  const nameOf = (id: string) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id
  return items.map(({ id }) => nameOf(id)).sort()
}

it.each<[string, NewsFilter, string[]]>([
  ['nothing in particular', {}, ['felt', 'kilns', 'looms', 'waiting']],
  ['words in any order', { search: 'hands LOOMS' }, ['looms']],
  ['signs taken literally', { search: '0% wool_' }, ['felt']],
  ['signs that match nothing', { search: '0_' }, []],
  ['words of the summary', { search: 'clay R&D' }, ['kilns']],
  ['no tag of the summary', { search: 'strong' }, []],
  ['a region', { region: 'Turku' }, ['felt', 'waiting']],
  ['a language', { language: 'fi' }, ['felt']],
  ['a status', { status: 'proposed' }, ['waiting']],
  ['the archive', { archived: true }, ['old']],
  ['never used', { use: 'never' }, ['kilns', 'waiting']],
  ['used', { use: 'ever' }, ['felt', 'looms']],
  ['used since', { usedSince: '2026-01-01' }, ['felt', 'looms']],
  ['used since long ago', { usedSince: '2027-01-01' }, []],
  ['an owner', { ownerId: '00000000-0000-7000-8000-000000000000' }, []],
  ['still valid', { validOn: '2026-02-21' }, ['felt', 'looms', 'waiting']],
  ['valid on its last day', { validOn: '2026-02-20', search: 'kilns' }, ['kilns']],
  ['dates', { from: '2026-02-02', to: '2026-02-10' }, ['felt']],
])('finds by %s', async (_what, filter, wanted) => {
  expect(await found(filter)).toEqual(wanted)
})

it('finds by owner and by an issue that shows it', async () => {
  expect(await found({ ownerId: owner })).toEqual(['looms'])
  expect(await found({ usedIn: issues.autumn })).toEqual(['felt'])
  expect(await found({ usedIn: issues.spring })).toEqual(['felt', 'looms'])
})

it('says where each is used, the latest issue first, as the blocks themselves say', async () => {
  const { items } = await searchNews(world)
  const felt = items.find(({ id }) => id === ids.felt)
  expect(felt?.usedIn).toEqual([
    { issueId: issues.spring, title: 'Spring issue', status: 'draft' },
    { issueId: issues.autumn, title: 'Autumn issue', status: 'draft' },
  ])
  for (const issueId of [issues.spring, issues.autumn]) {
    const shown = items.filter(({ usedIn }) => usedIn.some((use) => use.issueId === issueId))
    const wanted = usedNewsIds(await issueWithBlocks(world, issueId))
    expect(shown.map(({ id }) => id).sort()).toEqual([...wanted].sort())
  }
})

it('comes page by page, the newest first', async () => {
  const first = await searchNews(world, { limit: 3 })
  expect(first).toMatchObject({ total: 4, page: 1, pages: 2 })
  expect(first.items.map(({ published_on }) => published_on)).toEqual([
    '2026-02-11',
    '2026-02-10',
    '2026-02-01',
  ])
  expect((await searchNews(world, { limit: 3, page: 2 })).items).toHaveLength(1)
})

it('offers only what is accepted to issues, and counts what waits', async () => {
  expect((await newsLibrary(world)).map(({ id }) => id)).not.toContain(ids.waiting)
  expect(await newsCounts(world)).toEqual({ proposed: 1, accepted: 3, rejected: 0 })
  expect(await newsCounts(world, 'Galway')).toEqual({ proposed: 0, accepted: 1, rejected: 0 })
  await acceptNewsItems(world, [{ id: ids.waiting, version: null }], owner)
  expect((await newsLibrary(world)).map(({ id }) => id)).toContain(ids.waiting)
})
