import * as fc from 'fast-check'
import { NotFoundError } from '../../../src/errors.js'
import { commentThreads } from '../../../src/issues/comments/comment-threads.js'
import { moveThread } from '../../../src/issues/comments/move-thread.js'
import { replyToThread } from '../../../src/issues/comments/reply-to-thread.js'
import { THREAD_MOVES, type ThreadStatus, threadStatus } from '../../../src/issues/comments/thread-status.js'
import { writeComment } from '../../../src/issues/comments/write-comment.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { discardDraft } from '../../../src/issues/discard-draft.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { moveBlock } from '../../../src/issues/move-block.js'
import { removeBlock } from '../../../src/issues/remove-block.js'
import { undoDraft } from '../../../src/issues/undo-draft.js'
import { createAccount } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'
let world: World
let by: string
beforeAll(async () => {
  world = await createWorld()
  by = (await createAccount(world, 'coordinator')).id
})
afterAll(() => world.close())

async function draft() {
  const issueId = await createIssue(world, { title: 'Draft', accountId: null })
  const { blocks } = await issueWithBlocks(world, issueId)
  return { issueId, blockId: blocks.find(({ kind }) => kind === 'text')?.id ?? '' }
}
const versionOf = async (issueId: string) => (await issueWithBlocks(world, issueId)).version
const threadsOf = (issueId: string) => commentThreads(world, issueId)

const states = Object.keys(THREAD_MOVES) as ThreadStatus[]
it.each(states.flatMap((from) => states.map((to) => ({ from, to }))))('$from to $to', ({ from, to }) => {
  expect(THREAD_MOVES[from].includes(to)).toBe(
    ['open > resolved', 'resolved > open'].includes(`${from} > ${to}`),
  )
})

it('keeps threads in their order, with who wrote what', async () => {
  const { issueId, blockId } = await draft()
  const threadId = await writeComment(world, { issueId, blockId, body: 'Too long?', by })
  await writeComment(world, { issueId, blockId: null, body: 'Nice issue', by: null })
  await replyToThread(world, { issueId, threadId, body: 'I find it fine.', by })
  expect(await threadsOf(issueId)).toMatchObject([
    {
      id: threadId,
      blockId,
      about: 'Text',
      status: 'open',
      comments: [{ body: 'Too long?', by: 'Aino the coordinator' }, { body: 'I find it fine.' }],
    },
    { blockId: null, about: '', comments: [{ body: 'Nice issue', by: null }] },
  ])
})

it('leaves the draft’s version and its undo alone', async () => {
  const { issueId, blockId } = await draft()
  const version = await versionOf(issueId)
  await writeComment(world, { issueId, blockId, body: 'Hm', by })
  expect(await versionOf(issueId)).toBe(version)
})

it('follows a block that moves, outlives its removal, and is with it again when that is undone', async () => {
  const { issueId, blockId } = await draft()
  await writeComment(world, { issueId, blockId, body: 'Mind the comma', by })
  await moveBlock(world, { issueId, version: await versionOf(issueId) }, { blockId, position: 0 })
  expect(await threadsOf(issueId)).toMatchObject([{ blockId }])
  await removeBlock(world, { issueId, version: await versionOf(issueId) }, blockId)
  expect(await threadsOf(issueId)).toMatchObject([{ blockId, about: 'Text', status: 'open' }])
  await undoDraft(world, { issueId, version: await versionOf(issueId) })
  expect((await issueWithBlocks(world, issueId)).blocks.map(({ id }) => id)).toContain(blockId)
})

it('takes words about a block that somebody has just removed', async () => {
  const { issueId, blockId } = await draft()
  await removeBlock(world, { issueId, version: await versionOf(issueId) }, blockId)
  await writeComment(world, { issueId, blockId, body: 'Where has it gone?', by })
  expect(await threadsOf(issueId)).toMatchObject([{ blockId, about: '' }])
})

it('stands as the last word left it, whatever the words', async () => {
  const words = fc.array(fc.constantFrom('resolve', 'reopen', 'reply' as const), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(words, async (said) => {
      const { issueId, blockId } = await draft()
      const threadId = await writeComment(world, { issueId, blockId, body: 'First', by })
      let expected: ThreadStatus = 'open'
      for (const step of said) {
        if (step === 'reply') await replyToThread(world, { issueId, threadId, body: 'More', by })
        else await moveThread(world, { issueId, threadId, to: step === 'resolve' ? 'resolved' : 'open', by })
        expected = step === 'resolve' ? 'resolved' : 'open'
      }
      const [thread] = await threadsOf(issueId)
      expect(thread?.status).toBe(expected)
      expect(thread?.resolvedBy).toBe(expected === 'resolved' ? 'Aino the coordinator' : null)
      expect(thread?.comments).toHaveLength(1 + said.filter((step) => step === 'reply').length)
    }),
    { numRuns: 15 },
  )
  expect(threadStatus({ resolved_at: null })).toBe('open')
})

it('notes every step once', async () => {
  const { issueId, blockId } = await draft()
  const threadId = await writeComment(world, { issueId, blockId, body: 'First', by })
  for (const to of ['resolved', 'resolved', 'open'] as const)
    await moveThread(world, { issueId, threadId, to, by })
  const audit = await world.db.selectFrom('audit_entry').select(['action', 'subject_ids']).execute()
  const steps = audit.filter(({ subject_ids }) => subject_ids.includes(threadId))
  expect(steps.map(({ action }) => action)).toEqual(['write-comment', 'resolve-thread', 'reopen-thread'])
})

it('is refused where there is nothing, and goes with a discarded draft', async () => {
  const { issueId, blockId } = await draft()
  const other = await draft()
  const threadId = await writeComment(world, { issueId, blockId, body: 'First', by })
  await expect(writeComment(world, { issueId: NOBODY, blockId: null, body: 'x', by })).rejects.toThrow(
    NotFoundError,
  )
  await expect(replyToThread(world, { issueId: other.issueId, threadId, body: 'x', by })).rejects.toThrow(
    NotFoundError,
  )
  await discardDraft(world, { issueId, version: await versionOf(issueId) })
  expect(await threadsOf(issueId)).toEqual([])
})
