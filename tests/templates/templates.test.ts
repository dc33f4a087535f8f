import { createIssue } from '../../src/issues/create-issue.js'
import { designById, designsOffered } from '../../src/issues/designs.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { previewIssue } from '../../src/issues/preview-issue.js'
import { IssueForm, reviseIssue } from '../../src/issues/revise-issue.js'
import { undoDraft } from '../../src/issues/undo-draft.js'
import { archiveTemplate, unarchiveTemplate } from '../../src/templates/archive-template.js'
import { createTemplate } from '../../src/templates/create-template.js'
import { previewTemplate } from '../../src/templates/preview-template.js'
import { removeTemplate } from '../../src/templates/remove-template.js'
import { restoreTemplate } from '../../src/templates/restore-template.js'
import { reviseTemplate } from '../../src/templates/revise-template.js'
import { EMPTY_FRAME } from '../../src/templates/starting-source.js'
import { templateUses } from '../../src/templates/template-uses.js'
import { templateVersion, templateVersions } from '../../src/templates/template-versions.js'
import { template, templates } from '../../src/templates/templates.js'
import { createAccount } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let aino: string
let eero: string
beforeAll(async () => {
  world = await createWorld()
  aino = (await createAccount(world, 'coordinator')).id
  eero = (await createAccount(world, 'admin')).id
})
afterAll(() => world.close())

const MARKED = EMPTY_FRAME.replace(
  '{{blocks}}',
  '<mj-section><mj-column><mj-text>From our template</mj-text></mj-column></mj-section>{{blocks}}',
)
const create = (name: string, source = MARKED) =>
  createTemplate(world, { name, source, format: 'mjml', base: 'project' }, aino)
const versions = async (id: string) => (await templateVersions(world, id)).map(({ version }) => version)

describe('versions', () => {
  it('make one of what somebody types within five minutes, and one of each save', async () => {
    const id = await create('Typed')
    const type = (version: number, source: string, by = aino) =>
      reviseTemplate(world, { id, version }, { name: 'Typed', source, by, isTyped: true })
    await type(1, 'a')
    world.clock.advance(60_000)
    await type(2, 'ab')
    expect(await versions(id)).toEqual([3, 1])
    await type(3, 'abc', eero)
    expect(await versions(id)).toEqual([4, 3, 1])
    world.clock.advance(6 * 60_000)
    await type(4, 'abcd', eero)
    await reviseTemplate(world, { id, version: 5 }, { name: 'Typed', source: 'abcd', by: eero })
    expect(await versions(id)).toEqual([6, 4, 3, 1])
    await type(6, 'abcde', eero)
    expect(await versions(id)).toEqual([7, 6, 4, 3, 1])
    expect(await templateVersion(world, id, 3)).toMatchObject({ source: 'ab', made_by: aino })
    await restoreTemplate(world, { id, version: 7 }, { earlier: 3, by: aino })
    expect(await template(world, id)).toMatchObject({ version: 8, source: 'ab', updated_by: aino })
    expect(await versions(id)).toEqual([8, 7, 6, 4, 3, 1])
    await expect(restoreTemplate(world, { id, version: 8 }, { earlier: 2, by: aino })).rejects.toThrow(
      'not kept',
    )
  })

  it('are two hundred at most', async () => {
    const id = await create('Long lived')
    for (let version = 1; version <= 205; version++)
      await reviseTemplate(world, { id, version }, { name: 'Long lived', source: `v${version}`, by: aino })
    const kept = await versions(id)
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, 206, 7])
  })

  it('never lose what two people write at once', async () => {
    const id = await create('Shared')
    const save = (source: string, by: string) =>
      reviseTemplate(world, { id, version: 1 }, { name: 'Shared', source, by })
    const outcomes = await Promise.allSettled([save('hers', aino), save('his', eero)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(String(refused.reason)).toMatch(/Aino the (coordinator|admin) has changed this template/)
  })
})

describe('a template of an issue', () => {
  const give = async (issueId: string, design: string) => {
    const issue = await issueWithBlocks(world, issueId)
    return reviseIssue(world, { issueId, version: issue.version }, { ...IssueForm.parse(issue), design })
  }

  it('dresses it, follows every change, and cannot be deleted', async () => {
    const id = await create('Ours')
    expect(await designsOffered(world)).toContainEqual({ id, name: 'Ours', says: 'A template of your own.' })
    const issueId = await createIssue(world, { title: 'Spring', design: id, accountId: aino })
    expect((await previewIssue(world, issueId)).html).toContain('From our template')
    await reviseTemplate(
      world,
      { id, version: 1 },
      { name: 'Ours', source: MARKED.replace('From', 'Out of'), by: eero },
    )
    expect((await previewIssue(world, issueId)).html).toContain('Out of our template')
    await expect(removeTemplate(world, id)).rejects.toThrow('The issue “Spring” has this template')
    const listed = (await templates(world)).find((each) => each.id === id)
    expect(listed).toMatchObject({ uses: 1, editor: 'Aino the admin' })
    await reviseTemplate(world, { id, version: 2 }, { name: 'Ours', source: '<mjml>', by: eero })
    const { problems, html } = await previewIssue(world, issueId)
    expect(html).toContain('</html>')
    expect(problems).toContainEqual(expect.objectContaining({ field: 'design', severity: 'error' }))
  })

  it('stays with it when it is archived, and then can be given to no other', async () => {
    const id = await create('Old')
    const issueId = await createIssue(world, { title: 'Summer', design: id, accountId: aino })
    const other = await createIssue(world, { title: 'Autumn', accountId: aino })
    await archiveTemplate(world, id)
    await expect(
      reviseTemplate(world, { id, version: 1 }, { name: 'x', source: 'x', by: aino }),
    ).rejects.toThrow('archived')
    await give(issueId, id)
    expect((await designById(world, id)).name).toBe('Old')
    await expect(give(other, id)).rejects.toThrow('There is no such design.')
    await unarchiveTemplate(world, id)
    await give(other, id)
    expect((await templateUses(world, id)).map(({ title }) => title).sort()).toEqual(['Autumn', 'Summer'])
  })

  it('is kept as long as undoing could bring it back', async () => {
    const id = await create('Undone')
    const issueId = await createIssue(world, { title: 'Winter', design: id, accountId: aino })
    await give(issueId, 'letter')
    await expect(removeTemplate(world, id)).rejects.toThrow('only be archived')
    const { version } = await issueWithBlocks(world, issueId)
    await undoDraft(world, { issueId, version })
    expect((await issueWithBlocks(world, issueId)).design).toBe(id)
  })

  it('can be deleted while none has it; an id that is gone is the usual design', async () => {
    const id = await create('Never used')
    await removeTemplate(world, id)
    await expect(template(world, id)).rejects.toThrow('no such template')
    await expect(removeTemplate(world, id)).rejects.toThrow('no such template')
    await expect(archiveTemplate(world, id)).rejects.toThrow('no such template')
    expect(await designById(world, id)).toMatchObject({ id: 'project' })
    expect(await designById(world, 'no id at all')).toMatchObject({ id: 'project' })
    await expect(createIssue(world, { title: 'x', design: id, accountId: aino })).rejects.toThrow(
      'no such design',
    )
  })

  it('dresses no issue that is deleted in the same moment', async () => {
    const id = await create('Race')
    const [made, removed] = await Promise.allSettled([
      createIssue(world, { title: 'Race', design: id, accountId: aino }),
      removeTemplate(world, id),
    ])
    expect([made.status, removed.status].sort()).toEqual(['fulfilled', 'rejected'])
  })
})

it('is shown with a block of every kind', async () => {
  const html = await previewTemplate(world, {
    id: '',
    name: '',
    base: 'digest',
    format: 'mjml',
    source: MARKED,
  })
  for (const words of [
    'From our template',
    'Robin Sample',
    'Open studios',
    '128',
    'Unsubscribe',
    'MJML of an issue’s own',
  ])
    expect(html).toContain(words)
})
