import fc from 'fast-check'
import { sampleNews } from '../../src/cli/sample/news.js'
import { ConflictError, InvalidError } from '../../src/errors.js'
import { addBlock } from '../../src/issues/add-block.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { placeNewsItem } from '../../src/issues/place-news-item.js'
import { undoDraft } from '../../src/issues/undo-draft.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { createWorld, type World } from '../helpers/world.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'
let world: World
let news: string[]
beforeAll(async () => {
  world = await createWorld()
  news = []
  for (const item of sampleNews.slice(0, 5)) news.push(await createNewsItem(world, item, null))
})
afterAll(() => world.close())

const draft = async () => ({
  issueId: await createIssue(world, { title: 'March', accountId: null }),
  version: 1,
})
const shape = async (issueId: string) =>
  (await issueWithBlocks(world, issueId)).blocks.map(({ kind, content }) => {
    if (kind === 'lead-story') return `lead ${news.indexOf(String(content.newsItemId))}`
    if (kind === 'news-list') return `list ${content.newsItemIds.map((id) => news.indexOf(id)).join(',')}`
    return kind
  })
const item = (at: number) => news[at] as string

it('makes a list for the first item, adds the next to it, and puts lead stories above it', async () => {
  let { issueId, version } = await draft()
  for (const [at, as] of [
    [0, 'list'],
    [1, 'list'],
    [2, 'lead'],
    [3, 'lead'],
    [0, 'list'],
  ] as const) {
    const placed = await placeNewsItem(world, { issueId, version }, { newsItemId: item(at), place: { as } })
    version = placed.version
  }
  expect(await shape(issueId)).toEqual(['masthead', 'text', 'lead 2', 'lead 3', 'list 1,0', 'footer'])
  await undoDraft(world, { issueId, version })
  expect(await shape(issueId)).toEqual(['masthead', 'text', 'lead 2', 'lead 3', 'list 0,1', 'footer'])
})

it('puts a lead story where it is dropped, never below the footer', async () => {
  const { issueId, version } = await draft()
  const top = await placeNewsItem(
    world,
    { issueId, version },
    { newsItemId: item(0), place: { as: 'lead', position: 0 } },
  )
  await placeNewsItem(
    world,
    { issueId, version: top.version },
    { newsItemId: item(1), place: { as: 'lead', position: 99 } },
  )
  expect(await shape(issueId)).toEqual(['lead 0', 'masthead', 'text', 'lead 1', 'footer'])
})

it('moves an item between lists and out of one into a story of its own', async () => {
  const { issueId, version } = await draft()
  const one = await placeNewsItem(world, { issueId, version }, { newsItemId: item(0), place: { as: 'list' } })
  const two = await addBlock(
    world,
    { issueId, version: one.version },
    { kind: 'news-list', content: { newsItemIds: [item(1), item(2)] } },
  )
  const moved = await placeNewsItem(
    world,
    { issueId, version: two.version },
    { newsItemId: item(0), place: { into: two.blockId, index: 1 }, from: one.blockId },
  )
  expect(await shape(issueId)).toEqual(['masthead', 'text', 'list ', 'list 1,0,2', 'footer'])
  await placeNewsItem(
    world,
    { issueId, version: moved.version },
    { newsItemId: item(2), place: { as: 'lead', position: 1 }, from: two.blockId },
  )
  expect(await shape(issueId)).toEqual(['masthead', 'lead 2', 'text', 'list ', 'list 1,0', 'footer'])
})

it('refuses what is not in the library, blocks that show no news, and a draft that somebody else has changed', async () => {
  const { issueId, version } = await draft()
  const { blocks } = await issueWithBlocks(world, issueId)
  const text = blocks.find(({ kind }) => kind === 'text')?.id as string
  const place = (newsItemId: string, into: string, at = version) =>
    placeNewsItem(world, { issueId, version: at }, { newsItemId, place: { into } })
  await expect(place(NOBODY, text)).rejects.toThrow(InvalidError)
  await expect(place(item(0), text)).rejects.toThrow('shows no news items')
  await expect(place(item(0), NOBODY)).rejects.toThrow('no longer part of the issue')
  await expect(place(item(0), text, 7)).rejects.toThrow(ConflictError)
  expect((await issueWithBlocks(world, issueId)).version).toBe(version)
})

it('keeps each item once in a list, whatever is moved where', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 6 })), { maxLength: 8 }),
      async (moves) => {
        const { issueId, version } = await draft()
        const list = await addBlock(world, { issueId, version }, { kind: 'news-list' })
        let { version: now } = list
        let expected: number[] = []
        for (const [at, index] of moves) {
          const place = { into: list.blockId, index }
          now = (await placeNewsItem(world, { issueId, version: now }, { newsItemId: item(at), place }))
            .version
          expected = expected.filter((one) => one !== at).toSpliced(index, 0, at)
        }
        expect(await shape(issueId)).toContain(`list ${expected.join(',')}`)
      },
    ),
    { numRuns: 15 },
  )
})
