import { newId } from '../../db/uuid.js'
import { ConflictError, InvalidError, NotFoundError } from '../../src/errors.js'
import { archiveNewsItem } from '../../src/news/archive-news-item.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { addPicture } from '../../src/pictures/add-picture.js'
import { describePicture } from '../../src/pictures/describe-picture.js'
import { picture } from '../../src/pictures/picture.js'
import { pictureFile } from '../../src/pictures/picture-file.js'
import { pictureLibrary } from '../../src/pictures/picture-library.js'
import { pictureUrl } from '../../src/pictures/picture-name.js'
import { removePicture } from '../../src/pictures/remove-picture.js'
import { drawing, photo } from '../helpers/draw-picture.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(() => world.db.deleteFrom('picture').execute())

let width = 100
async function added(fields: { name?: string; alt?: string } = {}) {
  const bytes = await drawing({ width: width++, height: 60 }).png().toBuffer()
  return addPicture(world, { bytes, name: 'stripes.png', alt: '', by: null, ...fields })
}

it('keeps what it is and where it is, under a name made of its content', async () => {
  const row = await added({ name: 'C:\\fakepath\\Bell tower.PNG', alt: '  A bell\n tower ' })
  expect(row).toMatchObject({
    file_name: 'Bell tower.PNG',
    alt: 'A bell tower',
    type: 'image/png',
    height: 60,
  })
  expect(row.name).toBe(`${row.sha256.slice(0, 32)}.png`)
  expect(pictureUrl(world, row)).toBe(`https://news.example.org/pictures/${row.name}`)
  const file = await pictureFile(world, row.name)
  expect(file).toMatchObject({ type: 'image/png' })
  expect(file.bytes.length).toBe(row.bytes)
})

it('is told from others by its bytes, not by its name', async () => {
  const bytes = await photo({ width: 120, height: 80 }).jpeg().toBuffer()
  expect(await addPicture(world, { bytes, name: 'sunset.png', alt: '', by: null })).toMatchObject({
    type: 'image/jpeg',
  })
})

it('is one however often it comes, and gets the words it lacked', async () => {
  const bytes = await photo({ width: 130, height: 80 }).jpeg().toBuffer()
  const give = (alt: string, more = Buffer.alloc(0)) =>
    addPicture(world, { bytes: Buffer.concat([bytes, more]), name: 'a.jpg', alt, by: null })
  const rows = [await give(''), await give('The harbour'), await give('Something else', Buffer.from('tail'))]
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
  expect(rows.map(({ alt }) => alt)).toEqual(['', 'The harbour', 'The harbour'])
})

it('is one when it comes several times at once', async () => {
  const bytes = await photo({ width: 140, height: 80 }).jpeg().toBuffer()
  const rows = await Promise.all(
    [1, 2, 3, 4].map(() => addPicture(world, { bytes, name: 'a.jpg', alt: '', by: null })),
  )
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
})

it('is described anew', async () => {
  const { id } = await added()
  await describePicture(world, id, 'Two stripes')
  expect((await picture(world, id)).alt).toBe('Two stripes')
  await expect(describePicture(world, id, 'x'.repeat(501))).rejects.toBeInstanceOf(InvalidError)
  await expect(describePicture(world, newId(world.clock.now()), 'x')).rejects.toBeInstanceOf(NotFoundError)
})

it('is found by its words and its file’s name, page by page, the newest first', async () => {
  for (let at = 0; at < 26; at++) {
    world.clock.advance(1000)
    await added({ name: `stripe-${at}.png`, alt: at === 7 ? '100% wool' : '' })
  }
  const first = await pictureLibrary(world)
  expect(first).toMatchObject({ total: 26, page: 1, pages: 2 })
  expect(first.pictures.map((one) => one.file_name)).toHaveLength(24)
  expect(first.pictures[0]?.file_name).toBe('stripe-25.png')
  expect((await pictureLibrary(world, { page: 9 })).pictures.map((one) => one.file_name)).toEqual([
    'stripe-1.png',
    'stripe-0.png',
  ])
  expect((await pictureLibrary(world, { search: '100%' })).pictures).toHaveLength(1)
  expect((await pictureLibrary(world, { search: 'STRIPE-2' })).total).toBe(7)
  expect(await pictureLibrary(world, { search: 'nothing' })).toMatchObject({
    total: 0,
    pages: 1,
    pictures: [],
  })
})

describe('is not removed while', () => {
  it('a news item shows it, archived or not', async () => {
    const row = await added()
    const id = await newsItemWith(pictureUrl(world, row))
    await archiveNewsItem(world, id)
    await expect(removePicture(world, row.id)).rejects.toThrow(/news item “Bells”/)
    const [shown] = (await pictureLibrary(world)).pictures
    expect(shown?.uses).toEqual([{ kind: 'news', id, title: 'Bells' }])
  })

  it('an issue shows it, in a block or in its frozen edition', async () => {
    const [inBlock, inEdition] = [await added(), await added()]
    const { listId } = await listWithReaders(world, 'pictures', 1)
    const { issueId } = await completeDraft(world, [listId])
    const now = world.clock.now()
    await world.db
      .insertInto('block')
      .values({
        id: newId(now),
        issue_id: issueId,
        position: 99,
        kind: 'image',
        content: JSON.stringify({ imageUrl: pictureUrl(world, inBlock) }),
      })
      .execute()
    await world.db
      .insertInto('edition')
      .values({
        id: newId(now),
        issue_id: issueId,
        language: 'en',
        compiled: JSON.stringify({ html: [`<img src="${pictureUrl(world, inEdition)}">`] }),
        frozen_at: now,
      })
      .execute()
    await expect(removePicture(world, inBlock.id)).rejects.toBeInstanceOf(ConflictError)
    await expect(removePicture(world, inEdition.id)).rejects.toBeInstanceOf(ConflictError)
    expect(await pictureFile(world, inEdition.name)).toBeTruthy()
  })
})

it('is removed with its file, and may come back', async () => {
  const bytes = await drawing({ width: 77, height: 60 }).png().toBuffer()
  const give = () => addPicture(world, { bytes, name: 'a.png', alt: '', by: null })
  const { id, name } = await give()
  await removePicture(world, id)
  await expect(pictureFile(world, name)).rejects.toBeInstanceOf(NotFoundError)
  await expect(removePicture(world, id)).rejects.toBeInstanceOf(NotFoundError)
  expect((await give()).name).toBe(name)
  expect(await pictureFile(world, name)).toBeTruthy()
})

it('has no file under a name that is none', async () => {
  for (const name of ['../secret-keys', 'x.png', `${'a'.repeat(32)}.svg`, `${'a'.repeat(32)}.png`])
    await expect(pictureFile(world, name)).rejects.toBeInstanceOf(NotFoundError)
})

function newsItemWith(imageUrl: string): Promise<string> {
  const item = { title: 'Bells', summaryHtml: '', url: '', imageUrl, imageAlt: '' }
  return createNewsItem(world, { ...item, region: '', language: 'en', publishedOn: '2026-03-02' }, null)
}
