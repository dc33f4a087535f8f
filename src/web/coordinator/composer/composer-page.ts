import type { Response } from 'express'
import type { NewsItem } from '../../../../db/tables/news-item.js'
import { lists } from '../../../audience/lists.js'
import { searchSubscribers } from '../../../audience/search-subscribers.js'
import { type Segment, segments } from '../../../audience/segments/segments.js'
import { designsOffered } from '../../../issues/designs.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../../issues/issue.js'
import { baseOf } from '../../../issues/merge-changes.js'
import { outlineKey } from '../../../issues/outline-key.js'
import { newsFieldOf } from '../../../issues/place-news-item.js'
import type { Finding } from '../../../issues/preflight/finding.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { issueDetails } from '../../../issues/revise-issue.js'
import { undoable } from '../../../issues/undo-draft.js'
import { usedNewsIds } from '../../../issues/used-news-ids.js'
import { newsItems } from '../../../news/news-items.js'
import { newsLibrary } from '../../../news/news-library.js'
import { type Block, definitionOf } from '../../../rendering/blocks.js'
import { mergeFieldNames } from '../../../rendering/compile-edition.js'
import { accountOf } from '../../middleware/sessions.js'
import { renderPage } from '../../page.js'
import { type ApprovalAnswer, approvalView } from '../approval-view.js'
import { type CommentAnswer, commentsView } from '../comments-view.js'
import { languagesView } from '../languages/languages-view.js'
import { checksView } from '../preflight/checks-view.js'
import { type TestAnswer, testView } from '../test-view.js'
import { webPageView } from '../web-page-view.js'
import { blockForm, blockSummary } from './block-form.js'
import { BLOCK_MENU, kindInfo } from './block-menu.js'
import { offeredSegments } from './chosen-segments.js'
import { type ComposerState, composerPath } from './composer-state.js'
import { errorCount, fieldErrors } from './field-errors.js'
import type { Refusal } from './form-base.js'
import { libraryView } from './library-view.js'
import { knownReader, previewView } from './preview-view.js'
import { typedWords } from './shown-words.js'

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
  ctx: PreflightNeeds,
  res: Response,
  issueId: string,
  { state, refusal, test, approval, comment, readerProblem }: ComposerView,
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  const [library, used, known, fields, readers, designs, inUse] = await Promise.all([
    newsLibrary(ctx),
    newsItems(ctx, usedNewsIds(issue)),
    lists(ctx),
    ctx.db.selectFrom('field').select('key').orderBy('key').execute(),
    searchSubscribers(ctx, { status: 'confirmed', limit: READERS_OFFERED }),
    designsOffered(ctx),
    segments(ctx),
  ])
  const news = [...library, ...used.filter(({ id }) => !library.some((item) => item.id === id))]
  const chosen = await knownReader(ctx, state.as)
  const preview = await previewIssue(ctx, issueId, { as: chosen?.id ?? null })
  const result = await preflight(ctx, issue, preview, { timeZone: accountOf(res).timeZone })
  const isLost = isTypedLost(issue, state, refusal)
  renderPage(res, 'coordinator/issue/composer', {
    title: issue.title,
    isRail: true,
    ...(await undoable(ctx, issue)),
    issue,
    outlineKey: outlineKey(issue.blocks),
    state,
    mergeFields: mergeFieldNames(fields.map(({ key }) => key)).join(','),
    outline: outlineOf({ issue, news, state, findings: result.findings, refusal }),
    menu: BLOCK_MENU,
    library: await libraryView(ctx, res.req, res),
    usedNews: usedNewsIds(issue).join(' '),
    palettePosition: 1 + issue.blocks.findIndex(({ id }) => id === state.edit) || issue.blocks.length,
    details: detailsView({ issue, known, designs, inUse, state, refusal }),
    languages: await languagesView(ctx, issue),
    checks: checksView(ctx, { issue, preview, result, state }),
    checksPath: checksPath(issueId, state),
    webPage: await webPageView(ctx, issue),
    conflict: refusal?.conflict,
    lostText: isLost ? typedWords(res.req.body) : null,
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
  findings: readonly Finding[]
  refusal: Refusal | undefined
}

function outlineOf({ issue, news, state, findings, refusal }: Parts) {
  const last = issue.blocks.length - 1
  return issue.blocks.map((block, position) => {
    const isOpen = state.edit === block.id
    const shown = isOpen && refusal?.typed ? typedBlock(block, refusal.typed) : block
    const errors = { ...fieldErrors(findings, block.id), ...refusal?.errors }
    return {
      id: block.id,
      kind: block.kind,
      ...kindInfo(block.kind),
      summary: blockSummary(block, news),
      ...newsOf(block, news),
      position,
      up: position - 1,
      down: position + 1,
      after: position + 1,
      isFirst: position === 0,
      isLast: position >= last - 1,
      isLocked: block.kind === 'footer',
      isOpen,
      isAddingHere: state.add === position,
      errorCount: errorCount(findings, block.id),
      openPath: composerPath(issue.id, { ...state, add: null, edit: block.id }),
      closePath: composerPath(issue.id, { ...state, add: null, edit: null }),
      addPath: `${composerPath(issue.id, { ...state, edit: null, add: position })}#add`,
      base: baseText(block.content, refusal, isOpen),
      ...(isOpen ? leftBy(refusal) : {}),
      form: isOpen ? blockForm(shown, { news, errors }) : null,
    }
  })
}

// What a block shows of the library, so that it can be sorted and filled in the outline.
function newsOf(block: Block, news: readonly NewsItem[]) {
  if (!newsFieldOf(block.kind)?.isList) return { listsNews: false }
  const items = definitionOf(block.kind).newsIds?.(block.content) ?? []
  const titleOf = (id: string) => news.find((item) => item.id === id)?.title
  return {
    listsNews: true,
    items: items.map((id) => ({ id, title: titleOf(id) ?? 'Not in the library any more' })),
  }
}

// The form goes on from what it was made from, unless somebody has looked at what came in between.
function baseText(content: object, refusal: Refusal | undefined, isOpen: boolean): string {
  return (isOpen && refusal?.base) || JSON.stringify(baseOf(content as Record<string, unknown>))
}

/** What was typed is not saved; after a conflict it is saved by its button only. */
function leftBy(refusal: Refusal | undefined) {
  const isUnsaved = refusal?.typed !== undefined
  return { isUnsaved, isStopped: isUnsaved && refusal.conflict !== undefined }
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
type Designs = Awaited<ReturnType<typeof designsOffered>>

function detailsView(parts: {
  issue: IssueWithBlocks
  known: Known
  designs: Designs
  inUse: readonly Segment[]
  state: ComposerState
  refusal: Refusal | undefined
}) {
  const { issue, known, designs, inUse, state, refusal } = parts
  const isOpen = state.edit === 'details'
  const form = { ...issue, ...(isOpen ? refusal?.typed : {}) }
  return {
    isOpen,
    form,
    errors: isOpen ? (refusal?.errors ?? {}) : {},
    base: baseText(issueDetails(issue), refusal, isOpen),
    ...(isOpen ? leftBy(refusal) : {}),
    openPath: composerPath(issue.id, { ...state, add: null, edit: 'details' }),
    closePath: composerPath(issue.id, { ...state, add: null, edit: null }),
    designs: designs.map((design) => ({ ...design, isChosen: design.id === form.design })),
    lists: known.map(({ id, name, confirmed }) => ({
      id,
      name,
      confirmed,
      isTicked: (form.listIds as readonly string[]).includes(id),
    })),
    segments: offeredSegments(inUse, issue.segments, form.segments as typeof issue.segments),
    hasSegments: issue.segments.length > 0,
    onlyNames: issue.segments.filter(({ rule }) => rule === 'only').map(({ name }) => name),
    notNames: issue.segments.filter(({ rule }) => rule === 'not').map(({ name }) => name),
    listNames: known.filter(({ id }) => issue.listIds.includes(id)).map(({ name }) => name),
  }
}

/** Where the panel of checks is found again, for the same reader and view. */
function checksPath(issueId: string, { view, as }: ComposerState): string {
  const [, query = ''] = composerPath(issueId, { view, as }).split('?')
  return `/issues/${issueId}/checks${query ? `?${query}` : ''}`
}
