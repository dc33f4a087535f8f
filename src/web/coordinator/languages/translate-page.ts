import type { Response } from 'express'
import type { NewsItem } from '../../../../db/tables/news-item.js'
import type { Context } from '../../../context.js'
import { NotFoundError } from '../../../errors.js'
import { type IssueWithBlocks, issueWithBlocks } from '../../../issues/issue.js'
import { issueEditions } from '../../../issues/issue-editions.js'
import { fallbackOrder, issueTranslations } from '../../../issues/issue-translations.js'
import { type Base, baseOf } from '../../../issues/merge-changes.js'
import type { PreflightNeeds } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'
import { textsBase } from '../../../issues/revise-block-text.js'
import { undoable } from '../../../issues/undo-draft.js'
import { usedNewsIds } from '../../../issues/used-news-ids.js'
import { newsItems } from '../../../news/news-items.js'
import type { Block } from '../../../rendering/blocks.js'
import { mergeFieldNames } from '../../../rendering/compile-edition.js'
import { directionOf } from '../../../rendering/direction.js'
import { languageName, primaryLanguage } from '../../../rendering/languages/language-tag.js'
import { mailWordsIn } from '../../../rendering/languages/mail-words.js'
import type { TranslationState } from '../../../rendering/languages/missing-translations.js'
import { type TextPlace, textPlaces } from '../../../rendering/languages/text-places.js'
import { saidAt, type Translation } from '../../../rendering/languages/translate-block.js'
import type { IssueTranslation } from '../../../rendering/languages/translate-issue.js'
import { sanitizeRichText } from '../../../rendering/rich-text.js'
import { renderPage } from '../../page.js'
import { kindInfo } from '../composer/block-menu.js'
import { composerState } from '../composer/composer-state.js'
import type { Refusal } from '../composer/form-base.js'
import { typedWords } from '../composer/shown-words.js'
import { renderIssue } from '../issue-page.js'
import { howFar, languagePath } from './languages-view.js'

/** What a refused form leaves behind; `blockId` null: subject and preheader. */
export type TranslationRefusal = Refusal & { blockId: string | null }

type Needs = Pick<Context, 'db' | 'clock'>

/** Renders the page on which an issue is said in a further language, the original beside it. Throws `NotFoundError` for a language that the issue does not have. */
export async function renderTranslatePage(
  ctx: PreflightNeeds,
  res: Response,
  { issueId, language, refusal }: { issueId: string; language: string; refusal?: TranslationRefusal },
): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  const translations = await issueTranslations(ctx, issue)
  const translation = translations.find((one) => one.language === language)
  // What was typed is shown with the issue when this page is no more.
  if (refusal && (issue.status !== 'draft' || !translation))
    return renderIssue(ctx, res, issueId, { state: composerState(res.req), refusal })
  if (issue.status !== 'draft') return res.redirect(303, `/issues/${issueId}`)
  if (!translation) throw new NotFoundError('This issue has no such language.')
  const [state, preview, fields, steps, news] = await Promise.all([
    translationStateView(ctx, issue, language),
    previewIssue(ctx, issueId, { language, everyLanguage: false }),
    ctx.db.selectFrom('field').select('key').orderBy('key').execute(),
    undoable(ctx, issue),
    newsItems(ctx, usedNewsIds(issue)),
  ])
  const name = languageName(language)
  renderPage(res, 'coordinator/issue/translate', {
    title: `${issue.title} in ${name}`,
    isWide: true,
    ...steps,
    issue,
    language,
    name,
    direction: directionOf(language),
    original: {
      name: languageName(issue.language),
      language: issue.language,
      direction: directionOf(issue.language),
    },
    path: languagePath(issueId, language),
    tabs: tabsOf(issue, translations, language),
    mergeFields: mergeFieldNames(fields.map(({ key }) => key)).join(','),
    words: wordsForm(issue, translation, refusal),
    wordsForm: formOf(
      baseOf({ subject: translation.subject, preheader: translation.preheader }),
      null,
      refusal,
    ),
    lostText:
      refusal?.blockId && !issue.blocks.some(({ id }) => id === refusal.blockId)
        ? typedWords(res.req.body)
        : null,
    blocks: issue.blocks.flatMap((block) => blockView(block, { translation, news, refusal })),
    conflict: refusal?.conflict,
    state,
    preview: {
      subject: preview.subject,
      preheader: preview.preheader,
      src: `/issues/${issueId}/preview?language=${language}`,
    },
  })
}

/** How far one language of an issue has come, and what is missing where. */
export async function translationStateView(ctx: Needs, issue: IssueWithBlocks, language: string) {
  const { states } = await issueEditions(ctx, issue, ctx.clock.now())
  const state: TranslationState | undefined = states.find((one) => one.language === language)
  if (!state) throw new NotFoundError('This issue has no such language.')
  return {
    ...howFar(state),
    // What comes in the mail's own words is no beginning.
    done: state.isBegun ? state.needed - state.missing.length : 0,
    needed: state.needed,
    missing: state.missing,
    outdated: state.outdated,
    news: state.news,
    name: languageName(language),
    original: languageName(issue.language),
  }
}

function tabsOf(issue: IssueWithBlocks, translations: readonly IssueTranslation[], current: string) {
  const further = translations.map(({ language }) => language)
  return fallbackOrder(issue, further).map((language) => ({
    name: languageName(language),
    href: language === issue.language ? `/issues/${issue.id}` : languagePath(issue.id, language),
    isCurrent: language === current,
    isMain: language === issue.language,
  }))
}

/** What a form of this page was made from, and whether it holds what is not saved yet; after a conflict its button alone saves it. */
function formOf(base: Base, blockId: string | null, refusal: TranslationRefusal | undefined) {
  const left = refusal?.typed && refusal.blockId === blockId ? refusal : undefined
  return {
    base: left?.base ?? JSON.stringify(base),
    isUnsaved: left !== undefined,
    isStopped: left?.conflict !== undefined,
  }
}

function wordsForm(
  issue: IssueWithBlocks,
  translation: IssueTranslation,
  refusal: TranslationRefusal | undefined,
) {
  const typed = refusal?.blockId === null && refusal.typed ? refusal : undefined
  const field = (name: 'subject' | 'preheader', label: string) => ({
    id: `words-${name}`,
    name,
    label,
    source: issue[name],
    value: typed ? String(typed.typed?.[name] ?? '') : translation[name],
    error: typed?.errors[name],
  })
  return [field('subject', 'Subject'), field('preheader', 'Preheader')].filter(({ source }) => source !== '')
}

type Parts = {
  translation: IssueTranslation
  news: readonly NewsItem[]
  refusal: TranslationRefusal | undefined
}

function blockView(block: Block, { translation, news, refusal }: Parts) {
  const places = textPlaces(block)
  const shown = usedNewsIds({ blocks: [block] }).flatMap((id) => news.find((item) => item.id === id) ?? [])
  if (places.length === 0 && shown.length === 0) return []
  const translations = translation.blocks[block.id] ?? []
  const typed = refusal?.blockId === block.id && refusal.typed ? refusal : undefined
  const fields = places.map((place) => ({
    isNeeded: place.isNeeded,
    ...fieldView(place, {
      blockId: block.id,
      language: translation.language,
      places,
      translations,
      typed,
    }),
  }))
  return [
    {
      id: block.id,
      ...kindInfo(block.kind),
      ...formOf(textsBase(block, translations), block.id, refusal),
      needed: fields.filter(({ isNeeded }) => isNeeded),
      optional: fields.filter(({ isNeeded }) => !isNeeded),
      news: shown.map(({ id, title, language }) => ({
        id,
        title,
        isTranslated:
          Boolean(translation.news[id]?.title) ||
          primaryLanguage(language) === primaryLanguage(translation.language),
      })),
      isOptionalOpen: fields.some(({ isNeeded, error }) => !isNeeded && error),
    },
  ]
}

type FieldParts = {
  blockId: string
  language: string
  places: readonly TextPlace[]
  translations: readonly Translation[]
  typed: TranslationRefusal | undefined
}

function fieldView(
  place: TextPlace,
  { blockId, language, places, translations, typed }: FieldParts,
): Record<string, unknown> & { error: string | undefined } {
  const said = saidAt(place, { places, translations })
  const { path, label, row, control, source } = place
  return {
    id: `${blockId}-${path}`,
    name: path,
    label: row === null ? label : `${label} ${row}`,
    source,
    sourceHtml: control === 'rich' ? sanitizeRichText(source) : null,
    isRich: control === 'rich',
    isCode: control === 'code',
    isOutdated: said?.isOutdated ?? false,
    value: typed ? String(typed.typed?.[path] ?? '') : (said?.text ?? ''),
    placeholder: mailWordsIn(language, source) ?? '',
    error: typed?.errors[path],
  }
}
