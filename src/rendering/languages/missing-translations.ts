import { definitionOf } from '../blocks.js'
import type { IssueContent, Problem } from '../issue-content.js'
import { languageName, primaryLanguage } from './language-tag.js'
import { mailWordsIn } from './mail-words.js'
import { textPlaces } from './text-places.js'
import { saidAt } from './translate-block.js'
import { type IssueTranslation, isBegun } from './translate-issue.js'

/** How far a translation has come. */
export type TranslationState = {
  language: string
  isBegun: boolean
  /** Texts that readers of the language need. */
  needed: number
  /** Where those are that are not translated, in words, and those whose original has changed since. */
  missing: string[]
  outdated: string[]
  /** News items that are not in this language. */
  news: { id: string; title: string }[]
}

/** What of an issue is not yet said in a language, and what is said of words that have changed since. Pure. */
export function translationState(
  content: Pick<IssueContent, 'subject' | 'preheader' | 'blocks' | 'newsItems'>,
  translation: IssueTranslation,
): TranslationState {
  const { language, subject, preheader, blocks, news } = translation
  const missing: string[] = []
  const outdated: string[] = []
  let needed = 0
  const need = (where: string, isThere: boolean) => {
    needed++
    if (!isThere) missing.push(where)
  }
  if (content.subject) need('subject', subject !== '')
  if (content.preheader) need('preheader', preheader !== '')
  for (const block of content.blocks) {
    const translations = blocks[block.id] ?? []
    const places = textPlaces(block)
    for (const place of places) {
      const said = saidAt(place, { places, translations })
      const where = `${definitionOf(block.kind).label}: ${place.label}`
      if (said?.isOutdated) outdated.push(where)
      if (place.isNeeded) need(where, said !== null || mailWordsIn(language, place.source) !== null)
    }
  }
  const foreign = Object.values(content.newsItems).filter(
    (item) => primaryLanguage(item.language) !== primaryLanguage(language) && !news[item.id]?.title,
  )
  return {
    language,
    isBegun: isBegun(translation),
    needed,
    missing,
    outdated,
    news: foreign.map(({ id, title }) => ({ id, title })),
  }
}

const NAMED_AT_MOST = 4

/** What an author should know of the languages of an issue before it is sent: warnings, at most three for each language. */
export function missingTranslations(
  states: readonly TranslationState[],
  { main }: { main: string },
): Problem[] {
  const original = languageName(main)
  return states.flatMap(({ language, isBegun: begun, missing, outdated, news }) => {
    const name = languageName(language)
    const warn = (message: string): Problem => ({
      severity: 'warning',
      blockId: null,
      field: `language:${language}`,
      line: null,
      column: null,
      message,
    })
    if (!begun) return [warn(`${name}: nothing is translated yet, so there will be no edition in it.`)]
    return [
      ...(missing.length > 0
        ? [
            warn(
              `${name}: ${many(missing.length, 'text')} not translated, readers get ${original} there: ${named(missing)}.`,
            ),
          ]
        : []),
      ...(outdated.length > 0
        ? [
            warn(
              `${name}: ${many(outdated.length, 'text')} translated from words that have changed since: ${named(outdated)}.`,
            ),
          ]
        : []),
      ...(news.length > 0
        ? [
            warn(
              `${name}: ${many(news.length, 'news item')} not translated: ${named(news.map(({ title }) => `“${title}”`))}.`,
            ),
          ]
        : []),
    ]
  })
}

function many(count: number, one: string): string {
  return count === 1 ? `1 ${one} is` : `${count} ${one}s are`
}

function named(places: readonly string[]): string {
  const shown = places.slice(0, NAMED_AT_MOST).join('; ')
  return places.length > NAMED_AT_MOST ? `${shown} and ${places.length - NAMED_AT_MOST} more` : shown
}
