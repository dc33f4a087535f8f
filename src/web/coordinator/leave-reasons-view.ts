import type { ReasonCount } from '../../audience/leave-reasons.js'

const WORDS: Readonly<Record<ReasonCount['reason'], string>> = {
  'too-many': 'Too many mails',
  'not-relevant': 'Not about what they care for',
  'never-asked': 'Never asked for it',
  elsewhere: 'Read the news elsewhere',
  other: 'Something else',
}

/** Why people left, for the page of an issue or of a list; null where nobody said. */
export function leaveReasonsView(reasons: readonly ReasonCount[]) {
  if (reasons.length === 0) return null
  return {
    answers: reasons.reduce((sum, { count }) => sum + count, 0),
    reasons: reasons.map(({ reason, count }) => ({ name: WORDS[reason], people: count })),
    words: reasons.flatMap(({ words }) => words),
  }
}
