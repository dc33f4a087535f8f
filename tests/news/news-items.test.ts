import { ConflictError, NotFoundError } from '../../src/errors.js'
import { archiveNewsItem, restoreNewsItem } from '../../src/news/archive-news-item.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { newsItem } from '../../src/news/news-item.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { newsLibrary, newsRegions } from '../../src/news/news-library.js'
import { reviseNewsItem } from '../../src/news/revise-news-item.js'
import { createWorld, type World } from '../helpers/world.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const input = (title: string, more: object = {}) =>
  NewsItemForm.parse({ title, publishedOn: '2026-02-01', ...more })

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('keeps only the mark-up a newsletter can carry', async () => {
  const id = await createNewsItem(
    world,
    input('Looms', { summaryHtml: '<p onclick="x()">Old <b>looms</b><script>1</script></p>' }),
    null,
  )
  const { summary_html, published_on } = await newsItem(world, id)
  expect(summary_html).toContain('looms')
  expect(summary_html).not.toMatch(/script|onclick/)
  expect(published_on).toBe('2026-02-01')
})

it('refuses the second of two editors', async () => {
  const id = await createNewsItem(world, input('First'), null)
  await reviseNewsItem(world, { id, version: 1 }, input('Second'))
  await expect(reviseNewsItem(world, { id, version: 1 }, input('Third'))).rejects.toThrow(ConflictError)
  expect((await newsItem(world, id)).title).toBe('Second')
})

it('says so when there is no such news item', async () => {
  await expect(reviseNewsItem(world, { id: NOBODY, version: 1 }, input('x'))).rejects.toThrow(NotFoundError)
  await expect(archiveNewsItem(world, NOBODY)).rejects.toThrow(NotFoundError)
})

it('finds by words, region and archive, taking % and _ literally', async () => {
  const id = await createNewsItem(world, input('100% wool_felt', { region: 'Turku' }), null)
  expect((await newsLibrary(world, { search: '0% wool_' })).map((item) => item.id)).toEqual([id])
  expect(await newsLibrary(world, { search: '0_ wool' })).toEqual([])
  expect((await newsLibrary(world, { region: 'Turku' })).map((item) => item.id)).toEqual([id])
  expect(await newsRegions(world)).toEqual(['Turku'])
  await archiveNewsItem(world, id)
  expect(await newsLibrary(world, { region: 'Turku' })).toEqual([])
  expect(await newsLibrary(world, { region: 'Turku', archived: true })).toHaveLength(1)
  await restoreNewsItem(world, id)
  expect(await newsLibrary(world, { region: 'Turku' })).toHaveLength(1)
})

it.each([
  [{ title: '' }, 'title'],
  [{ title: 'x', url: 'javascript:alert(1)' }, 'url'],
  [{ title: 'x', publishedOn: '2026-02-30' }, 'publishedOn'],
  [{ title: 'x', language: 'English' }, 'language'],
])('names the field that is wrong in %j', (fields, field) => {
  const result = NewsItemForm.safeParse({ publishedOn: '2026-02-01', ...fields })
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([field])
})
