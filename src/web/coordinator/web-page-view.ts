import type { Context } from '../../context.js'
import { likelySlug } from '../../issues/archive/free-slug.js'
import { visibility } from '../../issues/archive/visibility.js'
import type { IssueWithBlocks } from '../../issues/issue.js'

/** The choice whether everybody may read an issue on the web, and where it is or will be. */
export async function webPageView(ctx: Pick<Context, 'db'>, issue: IssueWithBlocks) {
  const { chosen, byLists, isPublic } = await visibility(ctx, issue.id)
  const isUnderWay = issue.released_at !== null
  // As `IS_PUBLIC` has it: a part has got it, and the rest may never.
  const isHeldBack = isUnderWay && (issue.canary_status ?? 'passed') !== 'passed'
  const now = isUnderWay ? String(isPublic) : String(chosen)
  const options = [
    {
      value: 'null',
      label: 'As its lists are',
      hint: byLists
        ? 'Everybody may join them: it will be public.'
        : 'Not everybody may join them: it will not be public.',
    },
    {
      value: 'true',
      label: 'Public',
      hint: 'A page of its own, in the archive and in the feeds, without anything personal.',
    },
    { value: 'false', label: 'Not public', hint: 'Only readers who got it by mail see it.' },
  ]
  return {
    isPublic,
    isUnderWay,
    isHeldBack,
    isCancelled: issue.status === 'cancelled',
    /** Where everybody finds it now. */
    path: isPublic && isUnderWay && !isHeldBack && issue.slug ? pathOf(issue.slug) : null,
    futurePath: pathOf(
      issue.slug ?? (await likelySlug(ctx.db, issue.title, issue.send_at ?? issue.created_at)),
    ),
    options: options
      .filter(({ value }) => value !== 'null' || !isUnderWay)
      .map((option) => ({ ...option, isChosen: option.value === now })),
  }
}

function pathOf(slug: string): string {
  return `/archive/${encodeURIComponent(slug)}`
}
