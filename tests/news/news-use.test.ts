import { newId } from '../../db/uuid.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { newsFieldOf } from '../../src/issues/place-news-item.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { searchNews } from '../../src/news/search-news.js'
import { BLOCK_KINDS, type BlockKind } from '../../src/rendering/blocks.js'
import { filledBlock } from '../helpers/filled-block.js'
import { createWorld, type World } from '../helpers/world.js'

const KINDS = (BLOCK_KINDS as readonly BlockKind[]).filter((kind) => newsFieldOf(kind) !== null)

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('knows several kinds of blocks that show news', () => {
  expect(KINDS).toEqual(expect.arrayContaining(['lead-story', 'news-list', 'stories']))
})

it.each(KINDS)('counts what a block of the kind %s shows as used', async (kind) => {
  const form = NewsItemForm.parse({ title: `Shown by ${kind}`, publishedOn: '2026-03-01' })
  const id = await createNewsItem(world, form, null)
  const unused = async () => (await searchNews(world, { use: 'never', search: form.title })).total
  expect(await unused()).toBe(1)
  const issueId = await createIssue(world, { title: `Issue of ${kind}`, accountId: null })
  const block = filledBlock(kind, newId(world.clock.now()), { text: 'x', newsIds: [id] })
  const row = { id: block.id, issue_id: issueId, position: 99, kind, content: JSON.stringify(block.content) }
  await world.db.insertInto('block').values(row).execute()
  expect(await unused()).toBe(0)
  const { items } = await searchNews(world, { search: form.title })
  expect(items[0]?.usedIn).toMatchObject([{ issueId, title: `Issue of ${kind}` }])
})

it('refuses a language that is none', () => {
  expect(
    NewsItemForm.safeParse({ title: 'x', publishedOn: '2026-03-01', language: 'en-us-us' }).success,
  ).toBe(false)
})
