import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { previewIssue } from '../../src/issues/preview-issue.js'
import { IssueForm, reviseIssue } from '../../src/issues/revise-issue.js'
import { redoDraft, undoDraft } from '../../src/issues/undo-draft.js'
import { BUILT_IN_DESIGNS } from '../../src/rendering/designs.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const start = (design?: string) => createIssue(world, { title: 'May', design, accountId: null })
const formOf = async (issueId: string) => IssueForm.parse(await issueWithBlocks(world, issueId))

it.each(BUILT_IN_DESIGNS)(
  'starts an issue in $id with blocks that suit it, between masthead and footer',
  async ({ id }) => {
    const issue = await issueWithBlocks(world, await start(id))
    expect(issue.design).toBe(id)
    const kinds = issue.blocks.map(({ kind }) => kind)
    expect([kinds[0], kinds.at(-1)]).toEqual(['masthead', 'footer'])
    expect(kinds).toEqual(
      {
        project: ['masthead', 'text', 'footer'],
        digest: ['masthead', 'news-list', 'agenda', 'footer'],
        invitation: ['masthead', 'text', 'agenda', 'button', 'footer'],
        letter: ['masthead', 'text', 'closing', 'footer'],
      }[id],
    )
    const { problems } = await previewIssue(world, issue.id)
    expect(problems.filter(({ field }) => field === null)).toEqual([])
  },
)

it('greets the reader of a letter by name', async () => {
  expect((await previewIssue(world, await start('letter'))).html).toContain('Dear Robin,')
})

it('puts logo and emblem of the brand into a new issue', async () => {
  await saveOrganisation(world, {
    logo_url: 'https://example.org/logo.png',
    logo_alt: 'Our logo',
    emblem_url: 'https://example.org/emblem.png',
    emblem_alt: 'Emblem of the European Union',
  })
  const { html } = await previewIssue(world, await start())
  for (const part of ['logo.png', 'alt="Our logo"', 'emblem.png', 'alt="Emblem of the European Union"'])
    expect(html).toContain(part)
})

it('is changed like any other detail: guarded by the version, undone and done again', async () => {
  const issueId = await start()
  const form = await formOf(issueId)
  const designNow = async () => (await issueWithBlocks(world, issueId)).design
  const project = (await previewIssue(world, issueId)).html
  const version = await reviseIssue(world, { issueId, version: 1 }, { ...form, design: 'letter' })
  expect(await designNow()).toBe('letter')
  expect((await previewIssue(world, issueId)).html).not.toBe(project)
  await expect(reviseIssue(world, { issueId, version: 1 }, { ...form, design: 'digest' })).rejects.toThrow(
    'Somebody else has changed this issue',
  )
  const undone = await undoDraft(world, { issueId, version })
  expect(await designNow()).toBe('project')
  await redoDraft(world, { issueId, version: undone })
  expect(await designNow()).toBe('letter')
})

it('stays as it is when a form does not name it, and refuses one that does not exist', async () => {
  const issueId = await start('digest')
  const { design: _, ...form } = await formOf(issueId)
  await reviseIssue(world, { issueId, version: 1 }, form)
  expect((await issueWithBlocks(world, issueId)).design).toBe('digest')
  await expect(reviseIssue(world, { issueId, version: 2 }, { ...form, design: 'gone' })).rejects.toThrow(
    'There is no such design.',
  )
  await expect(start('gone')).rejects.toThrow('There is no such design.')
})

it('shows an issue whose design is gone as a project newsletter', async () => {
  const issueId = await start()
  const before = (await previewIssue(world, issueId)).html
  await world.db.updateTable('issue').set({ design: 'gone' }).where('id', '=', issueId).execute()
  expect((await previewIssue(world, issueId)).html).toBe(before)
})
