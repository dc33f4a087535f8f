import * as fc from 'fast-check'
import { addBlock } from '../../src/issues/add-block.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { moveBlock } from '../../src/issues/move-block.js'
import { removeBlock } from '../../src/issues/remove-block.js'
import { reviseBlock } from '../../src/issues/revise-block.js'
import { redoDraft, undoable, undoDraft } from '../../src/issues/undo-draft.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const look = async (issueId: string) => {
  const { blocks, subject } = await issueWithBlocks(world, issueId)
  return { subject, blocks }
}
const versionOf = async (issueId: string) => (await issueWithBlocks(world, issueId)).version

/** One change of a kind, at a place that follows from the number. */
async function change(issueId: string, kind: number, number: number): Promise<void> {
  const { blocks, version } = await issueWithBlocks(world, issueId)
  const free = blocks.filter((block) => block.kind !== 'footer')
  const block = free[number % free.length]
  const draft = { issueId, version }
  // Longer than a burst of typing, so that each change is a step.
  world.clock.advance(10_000)
  if (kind === 0 || !block) await addBlock(world, draft, { kind: 'text', position: number % 4 })
  else if (kind === 1) await moveBlock(world, draft, { blockId: block.id, position: number % 5 })
  else if (kind === 2 && free.length > 1) await removeBlock(world, draft, block.id)
  else {
    const text = free.find((one) => one.kind === 'text')
    if (text) await reviseBlock(world, draft, { blockId: text.id, content: { html: `<p>${number}</p>` } })
  }
}

it('goes back through any changes and forward again, one by one', async () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(20)), { minLength: 1, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(steps, async (changes) => {
      const issueId = await createIssue(world, { title: 'Draft', accountId: null })
      const seen = [await look(issueId)]
      for (const [kind, number] of changes) {
        await change(issueId, kind, number)
        const now = await look(issueId)
        if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now)
      }
      for (const before of seen.slice(0, -1).reverse()) {
        await undoDraft(world, { issueId, version: await versionOf(issueId) })
        expect(await look(issueId)).toEqual(before)
      }
      for (const after of seen.slice(1)) {
        await redoDraft(world, { issueId, version: await versionOf(issueId) })
        expect(await look(issueId)).toEqual(after)
      }
    }),
    { numRuns: 12 },
  )
})

it('undoes a burst of typing as one, and forgets what was undone once something else is typed', async () => {
  const issueId = await createIssue(world, { title: 'Draft', accountId: null })
  const { blocks } = await issueWithBlocks(world, issueId)
  const blockId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  const type = async (words: string) =>
    reviseBlock(world, { issueId, version: await versionOf(issueId) }, { blockId, content: { html: words } })
  const before = await look(issueId)
  for (const words of ['H', 'He', 'Hello']) await type(words)
  await undoDraft(world, { issueId, version: await versionOf(issueId) })
  expect(await look(issueId)).toEqual(before)
  expect(await undoable(world, await issueWithBlocks(world, issueId))).toEqual({
    canUndo: false,
    canRedo: true,
  })
  await type('Other words')
  expect(await undoable(world, await issueWithBlocks(world, issueId))).toEqual({
    canUndo: true,
    canRedo: false,
  })
  const version = await versionOf(issueId)
  await expect(redoDraft(world, { issueId, version })).rejects.toThrow('nothing left')
  expect(await versionOf(issueId)).toBe(version)
})

it('refuses to undo what somebody else has changed since', async () => {
  const issueId = await createIssue(world, { title: 'Draft', accountId: null })
  const version = await versionOf(issueId)
  await addBlock(world, { issueId, version }, { kind: 'text' })
  await expect(undoDraft(world, { issueId, version })).rejects.toThrow('Somebody else')
})
