import { languageName } from '../../rendering/languages/language-tag.js'
import { checkSubject, placeOf } from './check-subject.js'
import { CHECKS } from './checks.js'
import type { Finding } from './finding.js'
import type { CheckSubject } from './subject.js'

/**
 * What the checks have to say of all editions of an issue, the one in its main language first: everything about that one, and of each other
 * what it does not share, under the name of its language. What says the same in every language is said once. Pure.
 */
export function checkEditions([first, ...others]: readonly CheckSubject[]): Finding[] {
  if (!first) return []
  const ofFirst = checkSubject(first)
  const known = new Set(ofFirst.map(placeOf))
  return [
    ...ofFirst,
    ...others.flatMap((subject) => {
      const found = checkSubject(subject).filter(({ check }) => scopeOf(check) !== 'issue')
      return found
        .filter((finding) => !known.has(placeOf(finding)) && !isShared(finding.check, ofFirst, found))
        .map((finding) => inLanguage(subject.content.language, finding))
    }),
  ]
}

function scopeOf(name: string) {
  return CHECKS.find((check) => check.name === name)?.scope ?? 'words'
}

// Quoted in another language it is the same all the same.
function isShared(name: string, ofFirst: readonly Finding[], found: readonly Finding[]): boolean {
  const count = (findings: readonly Finding[]) => findings.filter(({ check }) => check === name).length
  return scopeOf(name) === 'look' && count(found) <= count(ofFirst)
}

function inLanguage(language: string, { blockId, message, ...finding }: Finding): Finding {
  return {
    ...finding,
    blockId: null,
    field: `language:${language}`,
    line: null,
    message: `${languageName(language)}: ${message}`,
    translation: { language, blockId },
  }
}
