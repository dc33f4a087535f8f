import { addBlock } from '../../src/issues/add-block.js'
import { addLanguage } from '../../src/issues/add-language.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { issueTranslations } from '../../src/issues/issue-translations.js'
import { baseOf, ClashError } from '../../src/issues/merge-changes.js'
import { moveBlock } from '../../src/issues/move-block.js'
import { outlineKey } from '../../src/issues/outline-key.js'
import { removeBlock } from '../../src/issues/remove-block.js'
import { reviseBlock } from '../../src/issues/revise-block.js'
import { reviseBlockText, textsBase } from '../../src/issues/revise-block-text.js'
import { IssueForm, issueDetails, reviseIssue } from '../../src/issues/revise-issue.js'
import { reviseLanguage } from '../../src/issues/revise-language.js'
import { undoDraft } from '../../src/issues/undo-draft.js'
import type { Block } from '../../src/rendering/blocks.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const look = (issueId: string) => issueWithBlocks(world, issueId)

/** A draft with two blocks of text, as both editors have opened it. */
async function opened() {
  const issueId = await createIssue(world, { title: 'Draft', accountId: null })
  const version = (await look(issueId)).version
  await addBlock(
    world,
    { issueId, version },
    { kind: 'button', content: { label: 'Read', url: 'https://a.example/' } },
  )
  const issue = await look(issueId)
  const of = (kind: string) => issue.blocks.find((block) => block.kind === kind) as Block
  const draft = { issueId, version: issue.version, outline: outlineKey(issue.blocks) }
  return { issueId, issue, draft, text: of('text'), button: of('button') }
}
const contentOf = async (issueId: string, id: string) =>
  (await look(issueId)).blocks.find((block) => block.id === id)?.content
const based = (block: Block) => ({
  blockId: block.id,
  base: baseOf(block.content as Record<string, unknown>),
})

it('two editors write in different blocks, and in different fields of one, and both are saved', async () => {
  const { issueId, draft, text, button } = await opened()
  await reviseBlock(world, draft, { ...based(text), content: { html: '<p>Ada</p>' } })
  await reviseBlock(world, draft, { ...based(button), content: { label: 'Ben', url: 'https://a.example/' } })
  await reviseBlock(world, draft, {
    ...based(button),
    content: { label: 'Read', url: 'https://ada.example/' },
  })
  expect(await contentOf(issueId, text.id)).toEqual({ html: '<p>Ada</p>' })
  expect(await contentOf(issueId, button.id)).toMatchObject({ label: 'Ben', url: 'https://ada.example/' })
})

it('the same field changed by both is a clash that changes nothing, and saving once more is meant', async () => {
  const { issueId, draft, text } = await opened()
  await reviseBlock(world, draft, { ...based(text), content: { html: '<p>Ada</p>' } })
  const late = { ...based(text), content: { html: '<p>Ben</p>' } }
  const clash = await reviseBlock(world, draft, late).catch((error: unknown) => error)
  expect(clash).toBeInstanceOf(ClashError)
  expect((clash as ClashError).theirs).toEqual({ html: '<p>Ada</p>' })
  expect(await contentOf(issueId, text.id)).toEqual({ html: '<p>Ada</p>' })
  await reviseBlock(world, draft, { ...late, base: (clash as ClashError).base })
  expect(await contentOf(issueId, text.id)).toEqual({ html: '<p>Ben</p>' })
})

it('what arrives twice, since its answer was lost, counts as saved', async () => {
  const { draft, text } = await opened()
  const change = { ...based(text), content: { html: '<p>Once</p>' } }
  await reviseBlock(world, draft, change)
  await expect(reviseBlock(world, draft, change)).resolves.toBe(draft.version + 2)
})

it('subject and preheader, sender and lists of one form are merged field by field', async () => {
  const { issueId, issue, draft } = await opened()
  const base = baseOf(issueDetails(issue))
  const form = IssueForm.parse({ ...issue, reply_to: '' })
  await reviseIssue(world, draft, { ...form, subject: 'By Ada' }, base)
  await reviseIssue(world, draft, { ...form, preheader: 'By Ben' }, base)
  expect(await look(issueId)).toMatchObject({ subject: 'By Ada', preheader: 'By Ben' })
  await expect(reviseIssue(world, draft, { ...form, subject: 'By Ben' }, base)).rejects.toMatchObject({
    theirs: { subject: 'By Ada' },
  })
})

it('undoing takes back the last change of either, and leaves the other one', async () => {
  const { issueId, draft, text, button } = await opened()
  await reviseBlock(world, draft, { ...based(text), content: { html: '<p>Ada</p>' } })
  await reviseBlock(world, draft, { ...based(button), content: { label: 'Ben', url: '' } })
  const { version } = await look(issueId)
  // A page that has not seen what the other did does not undo it unseen.
  await expect(undoDraft(world, { issueId, version: draft.version + 1 })).rejects.toThrow('Somebody else')
  await undoDraft(world, { issueId, version })
  expect(await contentOf(issueId, button.id)).toMatchObject({ label: 'Read' })
  expect(await contentOf(issueId, text.id)).toEqual({ html: '<p>Ada</p>' })
})

it('blocks are added, moved and taken out while somebody writes elsewhere, but not among blocks that were not seen', async () => {
  const { issueId, draft, text, button } = await opened()
  const write = async (html: string) =>
    reviseBlock(world, draft, {
      blockId: text.id,
      base: baseOf((await contentOf(issueId, text.id)) as never),
      content: { html },
    })
  await write('<p>1</p>')
  await moveBlock(world, draft, { blockId: button.id, position: 0 })
  expect((await look(issueId)).blocks[0]?.id).toBe(button.id)
  await expect(moveBlock(world, draft, { blockId: text.id, position: 0 })).rejects.toThrow('Somebody else')
  const now = await look(issueId)
  const fresh = { issueId, version: now.version, outline: outlineKey(now.blocks) }
  await write('<p>2</p>')
  await expect(removeBlock(world, fresh, text.id, based(text).base)).rejects.toThrow('Somebody else')
  await removeBlock(world, fresh, button.id, based(button).base)
  expect((await look(issueId)).blocks.map(({ kind }) => kind)).not.toContain('button')
})

it('translations are merged text by text, and one whose original has changed meanwhile is looked at first', async () => {
  const { issueId, draft, button } = await opened()
  const version = await addLanguage(world, draft, 'fi')
  const page = { issueId, version }
  const base = textsBase(button, [])
  const say = (texts: Record<string, string>, given = base) =>
    reviseBlockText(world, page, { blockId: button.id, language: 'fi', texts, base: given })
  await say({ label: 'Lue', url: '' })
  await reviseLanguage(world, page, {
    language: 'fi',
    subject: 'Aihe',
    preheader: '',
    base: { subject: '', preheader: '' },
  })
  await say({ label: '', url: 'https://fi.example/' })
  const [fi] = await issueTranslations(world, await look(issueId))
  expect(fi?.subject).toBe('Aihe')
  expect(fi?.blocks[button.id]?.map((one) => one.text).sort()).toEqual(['Lue', 'https://fi.example/'].sort())
  await expect(say({ label: 'Katso', url: '' })).rejects.toMatchObject({ theirs: { label: 'Lue' } })
  const seen = textsBase(button, fi?.blocks[button.id] ?? [])
  await reviseBlock(world, draft, { ...based(button), content: { label: 'Look', url: 'https://a.example/' } })
  await expect(say({ label: 'Lue tämä', url: 'https://fi.example/' }, seen)).rejects.toThrow(ClashError)
})
