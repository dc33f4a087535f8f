import type { Context } from '../../../context.js'
import type { IssueWithBlocks } from '../../../issues/issue.js'
import { issueEditions } from '../../../issues/issue-editions.js'
import { fallbackOrder } from '../../../issues/issue-translations.js'
import { languageName } from '../../../rendering/languages/language-tag.js'
import type { TranslationState } from '../../../rendering/languages/missing-translations.js'
import { languageOptions } from '../../language-options.js'

/** The page on which a further language of an issue is written. */
export function languagePath(issueId: string, language: string): string {
  return `/issues/${issueId}/languages/${language}`
}

/** What the composer shows of an issue's languages, in the order in which readers fall back. */
export async function languagesView(ctx: Pick<Context, 'db' | 'clock'>, issue: IssueWithBlocks) {
  const { states } = await issueEditions(ctx, issue, ctx.clock.now())
  const order = fallbackOrder(
    issue,
    states.map(({ language }) => language),
  )
  const first = order.find((tag) => isThere(tag, issue.language, states)) ?? issue.language
  return {
    isAlone: states.length === 0,
    main: languageName(issue.language),
    first: languageName(first),
    isMainFirst: first === issue.language,
    order: order.map((language, position) => ({
      language,
      name: languageName(language),
      path: languagePath(issue.id, language),
      isMain: language === issue.language,
      up: position - 1,
      down: position + 1,
      isFirst: position === 0,
      isLast: position === order.length - 1,
      ...howFar(states.find((state) => state.language === language)),
    })),
    options: [{ value: '', label: 'Choose a language' }, ...languageOptions({ without: order })],
  }
}

function isThere(language: string, main: string, states: readonly TranslationState[]): boolean {
  return language === main || states.some((state) => state.language === language && state.isBegun)
}

/** How far a translation has come, in numbers. */
export function howFar(state: TranslationState | undefined) {
  if (!state) return {}
  const open = state.missing.length + state.news.length
  return {
    isBegun: state.isBegun,
    isComplete: open === 0 && state.outdated.length === 0 && state.isBegun,
    open,
    outdatedCount: state.outdated.length,
  }
}
