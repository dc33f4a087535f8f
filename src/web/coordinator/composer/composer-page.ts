import type { Response } from 'express'
import type { NewsItem } from '../../../../db/tables/news-item.js'
import { lists } from '../../../audience/lists.js'
import { searchSubscribers } from '../../../audience/search-subscribers.js'
import type { Context } from '../../../context.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../../issues/issue.js'
import { type Preview, previewIssue } from '../../../issues/preview-issue.js'
import { undoable } from '../../../issues/undo-draft.js'
import { usedNewsIds } from '../../../issues/used-news-ids.js'
import { newsItems } from '../../../news/news-items.js'
import { newsLibrary } from '../../../news/news-library.js'
import type { Block } from '../../../rendering/blocks.js'
import { mergeFieldNames } from '../../../rendering/compile-edition.js'
import { renderPage } from '../../page.js'
import { type ApprovalAnswer, approvalView } from '../approval-view.js'
import { type CommentAnswer, commentsView } from '../comments-view.js'
import { type TestAnswer, testView } from '../test-view.js'
import { blockForm, blockSummary } from './block-form.js'
import { BLOCK_MENU, kindInfo } from './block-menu.js'
import { type ComposerState, composerPath } from './composer-state.js'
import { knownReader, previewView } from './preview-view.js'

/** What a refused form leaves behind: what was typed, what is wrong, and whether somebody else was quicker. */
export type Refusal = {
  errors: Readonly<Record<string, string>>
  typed?: Readonly<Record<string, unknown>>
  conflict?: string
}

export type ComposerView = {
  state: ComposerState
  refusal?: Refusal
  test?: TestAnswer
  approval?: ApprovalAnswer
  comment?: CommentAnswer
  readerProblem?: string
}

const READERS_OFFERED = 50

/** Renders the composer of a draft. */
export async function renderComposer(
  ctx: Pick<Context, 'db' | 'clock'>,
  res: Response,
  issueId: string,
  { state, refusal, test, approval, comment, readerProblem }: ComposerView,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  const [library, used, known, fields, readers] = await Promise.all([
    newsLibrary(ctx),
    newsItems(ctx, usedNewsIds(issue)),
    lists(ctx),
    ctx.db.selectFrom('field').select('key').orderBy('key').execute(),
    searchSubscribers(ctx, { status: 'confirmed', limit: READERS_OFFERED }),
  ])
  const news = [...library, ...used.filter(({ id }) => !library.some((item) => item.id === id))]
  const chosen = await knownReader(ctx, state.as)
  const preview = await previewIssue(ctx, issueId, { as: chosen?.id ?? null })
  const problems = problemViews(issue, preview, state)
  const isLost = isTypedLost(issue, state, refusal)
  renderPage(res, 'coordinator/issue/composer', {
    title: issue.title,
    isWide: true,
    ...(await undoable(ctx, issue)),
    issue,
    state,
    mergeFields: mergeFieldNames(fields.map(({ key }) => key)).join(','),
    outline: outlineOf({ issue, news, state, preview, refusal }),
    menu: BLOCK_MENU,
    details: detailsView({ issue, known, state, refusal }),
    checks: checksView(problems, preview),
    conflict: refusal?.conflict,
    lostText: isLost
      ? Object.values(refusal?.typed ?? {})
          .filter(Boolean)
          .map(String)
      : null,
    preview: previewView(preview, { issueId, state, readers: readers.subscribers, chosen }),
    test: await testView(ctx, res, { chosen, answer: test }),
    approval: await approvalView(ctx, res, { issueId, answer: approval }),
    comments: await commentsView(ctx, issue, comment),
    readerProblem,
  })
}

type Parts = {
  issue: IssueWithBlocks
  news: readonly NewsItem[]
  state: ComposerState
  preview: Preview
  refusal: Refusal | undefined
}

function outlineOf({ issue, news, state, preview, refusal }: Parts) {
  const last = issue.blocks.length - 1
  return issue.blocks.map((block, position) => {
    const wrong = preview.problems.filter((problem) => problem.blockId === block.id)
    const isOpen = state.edit === block.id
    const shown = isOpen && refusal?.typed ? typedBlock(block, refusal.typed) : block
    const errors = { ...Object.fromEntries(wrong.map(({ field, message }) => [field ?? '', message])) }
    return {
      id: block.id,
      ...kindInfo(block.kind),
      summary: blockSummary(block, news),
      position,
      up: position - 1,
      down: position + 1,
      after: position + 1,
      isFirst: position === 0,
      isLast: position >= last - 1,
      isLocked: block.kind === 'footer',
      isOpen,
      isAddingHere: state.add === position,
      errorCount: wrong.filter(({ severity }) => severity === 'error').length,
      openPath: composerPath(issue.id, { ...state, add: null, edit: block.id }),
      closePath: composerPath(issue.id, { ...state, add: null, edit: null }),
      addPath: `${composerPath(issue.id, { ...state, edit: null, add: position })}#add`,
      form: isOpen ? blockForm(shown, { news, errors: { ...errors, ...refusal?.errors } }) : null,
    }
  })
}

function typedBlock(block: Block, typed: Readonly<Record<string, unknown>>): Block {
  return { ...block, content: { ...block.content, ...typed } } as Block
}

// The block may be gone, moved on by somebody else; then what was typed is shown to be copied.
function isTypedLost(issue: IssueWithBlocks, state: ComposerState, refusal: Refusal | undefined): boolean {
  if (!refusal?.typed || state.edit === 'details') return false
  return !issue.blocks.some(({ id }) => id === state.edit)
}

type Known = Awaited<ReturnType<typeof lists>>

function detailsView(parts: {
  issue: IssueWithBlocks
  known: Known
  state: ComposerState
  refusal: Refusal | undefined
}) {
  const { issue, known, state, refusal } = parts
  const isOpen = state.edit === 'details'
  const form = { ...issue, ...(isOpen ? refusal?.typed : {}) }
  return {
    isOpen,
    form,
    errors: isOpen ? (refusal?.errors ?? {}) : {},
    openPath: composerPath(issue.id, { ...state, add: null, edit: 'details' }),
    closePath: composerPath(issue.id, { ...state, add: null, edit: null }),
    lists: known.map(({ id, name, confirmed }) => ({
      id,
      name,
      confirmed,
      isTicked: (form.listIds as readonly string[]).includes(id),
    })),
    listNames: known.filter(({ id }) => issue.listIds.includes(id)).map(({ name }) => name),
  }
}

/** What the panel of checks shows. */
export function checksView(problems: ReturnType<typeof problemViews>, { htmlBytes }: Preview) {
  return {
    problems,
    errorCount: problems.filter(({ isError }) => isError).length,
    kilobytes: Math.ceil(htmlBytes / 1024),
  }
}

/** What is wrong with an issue, each with the way to the place where it is mended. */
export function problemViews(issue: IssueWithBlocks, { problems }: Preview, state: Partial<ComposerState>) {
  return problems.map((problem) => {
    const block = issue.blocks.find(({ id }) => id === problem.blockId)
    const isDetail = problem.field === 'subject' || problem.field === 'preheader'
    const edit = block?.id ?? (isDetail ? 'details' : null)
    return {
      isError: problem.severity === 'error',
      message: problem.message,
      where: block ? kindInfo(block.kind).label : isDetail ? String(problem.field) : '',
      line: problem.line,
      href: edit ? composerPath(issue.id, { ...state, add: null, edit }) : null,
    }
  })
}
