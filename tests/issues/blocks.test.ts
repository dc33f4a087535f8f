import { ConflictError, InvalidError, NotFoundError } from '../../src/errors.js'
import { addBlock } from '../../src/issues/add-block.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueList, issueWithBlocks } from '../../src/issues/issue.js'
import { moveBlock } from '../../src/issues/move-block.js'
import { removeBlock } from '../../src/issues/remove-block.js'
import { replaceBlocks } from '../../src/issues/replace-blocks.js'
import { reviseBlock } from '../../src/issues/revise-block.js'
import { IssueForm, reviseIssue } from '../../src/issues/revise-issue.js'
import { createWorld, type World } from '../helpers/world.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const draft = async () => ({
  issueId: await createIssue(world, { title: 'March', accountId: null }),
  version: 1,
})
const kinds = async (issueId: string) =>
  (await issueWithBlocks(world, issueId)).blocks.map((block) => block.kind)
const form = (more: object = {}) =>
  IssueForm.parse({
    title: 'March',
    subject: 'Hi',
    preheader: '',
    from_name: 'Us',
    from_email: '',
    language: 'en',
    ...more,
  })

it('starts with a masthead, a text and the footer', async () => {
  const { issueId } = await draft()
  expect(await kinds(issueId)).toEqual(['masthead', 'text', 'footer'])
  expect((await issueList(world)).map((issue) => issue.id)).toContain(issueId)
})

it('adds, moves and removes blocks, the footer always last', async () => {
  const { issueId, version } = await draft()
  const added = await addBlock(world, { issueId, version }, { kind: 'divider' })
  expect(await kinds(issueId)).toEqual(['masthead', 'text', 'divider', 'footer'])
  const top = await addBlock(
    world,
    { issueId, version: added.version },
    { kind: 'heading', position: 0, content: { text: '2026' } },
  )
  const moved = await moveBlock(
    world,
    { issueId, version: top.version },
    { blockId: added.blockId, position: 99 },
  )
  expect(await kinds(issueId)).toEqual(['heading', 'masthead', 'text', 'divider', 'footer'])
  const up = await moveBlock(world, { issueId, version: moved }, { blockId: added.blockId, position: 1 })
  expect(await kinds(issueId)).toEqual(['heading', 'divider', 'masthead', 'text', 'footer'])
  await removeBlock(world, { issueId, version: up }, top.blockId)
  expect(await kinds(issueId)).toEqual(['divider', 'masthead', 'text', 'footer'])
})

it('keeps the footer where it is, once', async () => {
  const { issueId, version } = await draft()
  const footer = (await issueWithBlocks(world, issueId)).blocks.at(-1)?.id ?? ''
  await expect(removeBlock(world, { issueId, version }, footer)).rejects.toThrow(InvalidError)
  await expect(moveBlock(world, { issueId, version }, { blockId: footer, position: 0 })).rejects.toThrow(
    InvalidError,
  )
  await expect(addBlock(world, { issueId, version }, { kind: 'footer' })).rejects.toThrow(InvalidError)
  expect((await issueWithBlocks(world, issueId)).version).toBe(version)
})

it('refuses the second of two tabs and loses nothing of the first', async () => {
  const { issueId, version } = await draft()
  const text = (await issueWithBlocks(world, issueId)).blocks[1]?.id ?? ''
  await reviseBlock(world, { issueId, version }, { blockId: text, content: { html: '<p>First</p>' } })
  await expect(
    reviseBlock(world, { issueId, version }, { blockId: text, content: { html: '<p>Second</p>' } }),
  ).rejects.toThrow(ConflictError)
  await expect(reviseIssue(world, { issueId, version }, form())).rejects.toThrow(ConflictError)
  expect((await issueWithBlocks(world, issueId)).blocks[1]?.content).toEqual({ html: '<p>First</p>' })
})

it('names the field of a block that does not fit its kind', async () => {
  const { issueId, version } = await draft()
  const masthead = (await issueWithBlocks(world, issueId)).blocks[0]?.id ?? ''
  const long = { blockId: masthead, content: { name: 'x'.repeat(301) } }
  await expect(reviseBlock(world, { issueId, version }, long)).rejects.toMatchObject({
    issues: { name: expect.stringContaining('300') },
  })
  await expect(reviseBlock(world, { issueId, version }, { blockId: NOBODY, content: {} })).rejects.toThrow(
    NotFoundError,
  )
  await expect(
    replaceBlocks(world, { issueId, version }, [{ kind: 'heading', content: { text: 7 } } as never]),
  ).rejects.toMatchObject({ issues: { 'blocks.0.text': expect.any(String) } })
})

it('says when there is no such issue', async () => {
  await expect(reviseIssue(world, { issueId: NOBODY, version: 1 }, form())).rejects.toThrow(NotFoundError)
})

it('refuses a subject that would start a header of its own', () => {
  expect(() => form({ subject: 'Hi\r\nBcc: a@b.example' })).toThrow('single line')
})
