import type { Context } from '../../context.js'
import { commentThreads, type Thread } from '../../issues/comments/comment-threads.js'
import type { IssueWithBlocks } from '../../issues/issue.js'
import { definitionOf } from '../../rendering/blocks.js'
import { composerPath } from './composer/composer-state.js'

/** What a refused comment leaves to be shown: where it was written, what was typed, and what is wrong. */
export type CommentAnswer = {
  /** The thread that was answered, the block that was spoken of, or `issue`. */
  on: string
  body: string
  error: string
}

type ThreadView = ReturnType<typeof threadView>
/** The threads of one place: open ones first to be read, resolved ones folded away. */
type Place = {
  key: string
  blockId: string | null
  open: ThreadView[]
  resolved: ThreadView[]
  body: string
  error: string | undefined
}

/** Every thread of an issue by its place: each block, the issue as a whole, and blocks that were removed. */
export async function commentsView(
  ctx: Pick<Context, 'db'>,
  issue: IssueWithBlocks,
  answer: CommentAnswer | undefined,
) {
  const threads = await commentThreads(ctx, issue.id)
  const known = new Set(issue.blocks.map(({ id }) => id))
  const place = (blockId: string | null): Place => {
    const here = threads.filter((thread) => thread.blockId === blockId)
    const key = blockId ?? 'issue'
    const typed = answer?.on === key ? answer : undefined
    return {
      key,
      blockId,
      open: here.filter(({ status }) => status === 'open').map((thread) => threadView(thread, answer)),
      resolved: here
        .filter(({ status }) => status === 'resolved')
        .map((thread) => threadView(thread, answer)),
      body: typed?.body ?? '',
      error: typed?.error,
    }
  }
  // What is still open about a block that is gone must be settled all the same; its settled threads went with it.
  const removed = threads
    .filter(({ blockId, status }) => blockId !== null && !known.has(blockId) && status === 'open')
    .map((thread) => threadView(thread, answer))
  return {
    openCount: threads.filter(({ status }) => status === 'open').length,
    byBlock: Object.fromEntries(issue.blocks.map(({ id }) => [id, place(id)])),
    issue: place(null),
    onBlocks: issue.blocks.flatMap(({ id, kind }) => {
      const openCount = threads.filter(({ blockId, status }) => blockId === id && status === 'open').length
      const href = composerPath(issue.id, { edit: id })
      return openCount > 0 ? [{ about: definitionOf(kind).label, href, openCount }] : []
    }),
    removed,
  }
}

function threadView(thread: Thread, answer: CommentAnswer | undefined) {
  const typed = answer?.on === thread.id ? answer : undefined
  return { ...thread, body: typed?.body ?? '', error: typed?.error }
}
