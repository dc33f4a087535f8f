import type { CompiledEdition } from '../rendering/compile-edition.js'
import type { Problem } from '../rendering/issue-content.js'
import { languageName } from '../rendering/languages/language-tag.js'

/** What is wrong with the editions of an issue: all of the first one's, and of each other what it does not share, under its language's name. */
export function editionProblems([first, ...others]: readonly CompiledEdition[]): Problem[] {
  if (!first) return []
  const known = new Set(first.problems.map(keyOf))
  return [
    ...first.problems,
    ...others.flatMap(({ language, problems }) =>
      problems
        .filter((problem) => !known.has(keyOf(problem)))
        .map((problem) => ({
          ...problem,
          blockId: null,
          field: `language:${language}`,
          message: `${languageName(language)}: ${problem.message}`,
        })),
    ),
  ]
}

function keyOf({ blockId, field, message }: Problem): string {
  return JSON.stringify([blockId, field, message])
}
