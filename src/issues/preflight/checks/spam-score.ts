import { inPlainWords } from '../spam/plain-words.js'
import type { Check } from '../subject.js'

/** Good newsletters stay below. */
const GOOD_SCORE = 2
/** Rules that add less than this are noise. */
const LEAST_POINTS = 0.5

/** What SpamAssassin thinks of the mail, with the rules that say so. */
export const spamScore: Check = ({ known }) => {
  const spam = known.mail?.facts.spam
  if (!spam || spam.score < GOOD_SCORE) return []
  const rules = spam.rules
    .filter(({ points }) => points >= LEAST_POINTS)
    .sort((one, other) => other.points - one.points)
    .map(({ name, points, says }) => `${inPlainWords(name, says)} (${points.toFixed(1)})`)
  const why = rules.length > 0 ? ` Because: ${rules.join('; ')}.` : ''
  return [
    {
      severity: 'warning',
      message: `SpamAssassin gives the mail ${spam.score.toFixed(1)} points; from ${spam.required.toFixed(1)} on it counts as spam, and good newsletters stay below ${GOOD_SCORE}.${why}`,
    },
  ]
}
