import type { Address } from '../address.js'
import { FREQUENT_DOMAINS } from './frequent-domains.js'

// A shorter domain is as likely to be somebody's own.
const GUESSED_MIN_LENGTH = 8
const LONG = 11
const GUESSED = FREQUENT_DOMAINS.filter((domain) => domain.length >= GUESSED_MIN_LENGTH)
const KNOWN = new Set(FREQUENT_DOMAINS)
// Ends that are mistyped far more often than meant.
const DOUBTFUL_ENDS = new Set(['co', 'cm', 'om'])

/** The address that was probably meant, such as `…@gmail.com` for `…@gmial.com`; null where nothing looks mistyped. */
export function suggestAddress({ email, key }: Pick<Address, 'email' | 'key'>): string | null {
  const domain = key.slice(key.lastIndexOf('@') + 1)
  if (KNOWN.has(domain) || isBranch(domain)) return null
  const meant = GUESSED.find((guess) => isNear(domain, guess))
  return meant ? `${email.slice(0, email.lastIndexOf('@'))}@${meant}` : null
}

// `yahoo.fr` is a branch of a known provider; `gmail.co` and `libero.ti` are not.
function isBranch(domain: string): boolean {
  const [name = '', ...ends] = domain.split('.')
  const isKnownName = FREQUENT_DOMAINS.some((known) => known.startsWith(`${name}.`))
  const end = ends.at(-1) ?? ''
  const isSwapped = KNOWN.has(`${name}.${[...end].reverse().join('')}`)
  return isKnownName && end.length === 2 && !isSwapped && !(ends.length === 1 && DOUBTFUL_ENDS.has(end))
}

function isNear(domain: string, guess: string): boolean {
  const most = guess.length >= LONG ? 2 : 1
  return Math.abs(domain.length - guess.length) <= most && typingDistance(domain, guess) <= most
}

/** How many keys wrong, missing, too many or swapped with their neighbour make one text of another (optimal string alignment). */
export function typingDistance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}
