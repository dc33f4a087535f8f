import { archiveList } from '../../src/audience/archive-list.js'
import { addLanguage } from '../../src/issues/add-language.js'
import { duplicateIssue } from '../../src/issues/duplicate-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { issueTranslations } from '../../src/issues/issue-translations.js'
import { reviseBlockText } from '../../src/issues/revise-block-text.js'
import { IssueForm, reviseIssue } from '../../src/issues/revise-issue.js'
import { reviseLanguage } from '../../src/issues/revise-language.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const found = (issueId: string) => issueWithBlocks(world, issueId)
const draftOf = async (issueId: string) => ({ issueId, version: (await found(issueId)).version })
const wordsOf = ({ blocks }: Awaited<ReturnType<typeof found>>) =>
  blocks.map(({ kind, content }) => ({ kind, content }))

it('takes blocks, lists, all languages, and whether everybody may read it', async () => {
  const { listId } = await listWithReaders(world, 'town', 1)
  const { issueId } = await completeDraft(world, [listId])
  const text = (await found(issueId)).blocks.find(({ kind }) => kind === 'text')
  await addLanguage(world, await draftOf(issueId), 'fi')
  await reviseLanguage(world, await draftOf(issueId), { language: 'fi', subject: 'Maaliskuu', preheader: '' })
  const said = { blockId: text?.id ?? '', language: 'fi', texts: { html: '<p>Hei</p>' } }
  await reviseBlockText(world, await draftOf(issueId), said)
  await world.db.updateTable('issue').set({ is_public: false }).where('id', '=', issueId).execute()

  const copyId = await duplicateIssue(world, { issueId, by: null })
  const [original, copy] = [await found(issueId), await found(copyId)]
  expect(copy).toMatchObject({ status: 'draft', listIds: [listId], is_public: false, version: 1 })
  expect(wordsOf(copy)).toEqual(wordsOf(original))
  expect(copy.blocks.some(({ id }) => original.blocks.some((block) => block.id === id))).toBe(false)
  const [finnish, ...others] = await issueTranslations(world, copy)
  expect(others).toEqual([])
  expect(finnish).toMatchObject({ language: 'fi', subject: 'Maaliskuu' })
  const copied = copy.blocks.find(({ kind }) => kind === 'text')
  const { texts } = await world.db
    .selectFrom('block_text')
    .select('texts')
    .where('block_id', '=', copied?.id ?? '')
    .executeTakeFirstOrThrow()
  expect(texts).toMatchObject([{ path: 'html', text: '<p>Hei</p>' }])
})

it('goes to no list that is out of use by now, nor does the draft itself', async () => {
  const [kept, gone] = [await listWithReaders(world, 'kept', 1), await listWithReaders(world, 'gone', 1)]
  const { issueId } = await completeDraft(world, [kept.listId, gone.listId])
  await archiveList(world, gone.listId)
  expect((await found(issueId)).listIds).toEqual([kept.listId])
  const copyId = await duplicateIssue(world, { issueId, by: null })
  expect((await found(copyId)).listIds).toEqual([kept.listId])
  const issue = await found(issueId)
  const form = IssueForm.parse({ ...issue, listIds: [gone.listId] })
  await expect(reviseIssue(world, await draftOf(issueId), form)).rejects.toMatchObject({
    issues: { listIds: 'One of these lists is no longer in use.' },
  })
  expect((await found(issueId)).listIds).toEqual([kept.listId])
})
