import type { DatabaseOrTx } from '../../db/database.js'
import type { IssueContent } from '../rendering/issue-content.js'
import { type TranslationState, translationState } from '../rendering/languages/missing-translations.js'
import { inOwnLanguage, isBegun, translateIssue } from '../rendering/languages/translate-issue.js'
import type { IssueWithBlocks } from './issue.js'
import { issueContent } from './issue-content.js'
import { fallbackOrder, issueTranslations, newsInOwnLanguage } from './issue-translations.js'
import { longDate } from './long-date.js'
import { dayOfIssue } from './own-time.js'

/** An issue in all its languages, ready to be compiled. */
export type IssueEditions = {
  /** The language that it was written in. */
  main: string
  /** The languages in which there is an edition, in the order in which readers fall back. */
  order: string[]
  /** The content in a language, be it hardly begun; in a language that the issue does not have, as it was written. */
  contentIn(language: string): IssueContent
  /** The contents of all editions, the one in the main language first. */
  contents: IssueContent[]
  /** How far each further language has come. */
  states: TranslationState[]
}

/** Everything that compiling an issue's editions needs, read from the database; `today` stands in for the day of an issue without a time. */
export async function issueEditions(
  ctx: { db: DatabaseOrTx },
  issue: IssueWithBlocks,
  today: Date,
): Promise<IssueEditions> {
  const [content, translations] = await Promise.all([
    issueContent(ctx, issue, today),
    issueTranslations(ctx, issue),
  ])
  const ownNews = await newsInOwnLanguage(ctx, content)
  const begun = translations.filter(isBegun).map(({ language }) => language)
  const all = fallbackOrder(
    issue,
    translations.map(({ language }) => language),
  )
  const order = all.filter((language) => language === issue.language || begun.includes(language))
  const contentIn = (language: string): IssueContent => {
    const translation = translations.find((one) => one.language === language)
    if (!translation) return inOwnLanguage(content, ownNews)
    return translateIssue(content, translation, longDate(language, dayOfIssue(issue) ?? today))
  }
  const others = order.filter((language) => language !== issue.language)
  return {
    main: issue.language,
    order,
    contentIn,
    contents: [issue.language, ...others].map(contentIn),
    states: translations.map((translation) => translationState(content, translation)),
  }
}
