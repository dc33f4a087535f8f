import { AGREED, LEFT, type Standing } from './recognise-service.js'
import { wordOf } from './word-of.js'

const words = (...list: string[]) => new Set(list)

const AGREED_WORDS = words(
  ...['subscribed', 'confirmed', 'active', 'enabled', 'optedin', 'optin', 'yes'],
  ...[
    'vahvistettu',
    'tilaaja',
    'iscritto',
    'confermato',
    'ingeschreven',
    'bevestigd',
    'prijavljen',
    'potvrden',
    'potvrdjen',
  ],
  ...['abonat', 'confirmat', 'prenumeruoja', 'patvirtinta'],
)
const LEFT_WORDS = words(
  ...['unsubscribed', 'unsubscribe', 'left', 'optedout', 'optout', 'disabled', 'inactive', 'no'],
  ...['eronnut', 'peruutettu', 'disiscritto', 'uitgeschreven', 'odjavljen', 'dezabonat', 'atsisake'],
)
const WAITING_WORDS = words('pending', 'unconfirmed', 'notconfirmed', 'waiting', 'new')
const UNKNOWN_WORDS = words('nonsubscribed', 'transactional')
const BLOCKED = new Map<string, NonNullable<Standing['reason']>>([
  ...['cleaned', 'bounced', 'bounce', 'hardbounce', 'hardbounced', 'invalid'].map(
    (word) => [word, 'hard-bounce'] as const,
  ),
  ...['complained', 'complaint', 'spam', 'abuse', 'spamcomplaint'].map(
    (word) => [word, 'complaint'] as const,
  ),
  ...['blocklisted', 'blacklisted'].map((word) => [word, 'unsubscribe-all'] as const),
  ...['blocked', 'suppressed'].map((word) => [word, 'manual'] as const),
])

/** Where a status of any service leaves somebody; empty: as the others in the file. */
export function readStatus(text: string): Standing | { problem: string } | null {
  const word = wordOf(text)
  if (word === '') return null
  if (AGREED_WORDS.has(word)) return AGREED
  if (LEFT_WORDS.has(word)) return LEFT
  const reason = BLOCKED.get(word)
  if (reason) return { rank: 2, reason }
  if (WAITING_WORDS.has(word))
    return { problem: 'This person has not confirmed there, and must sign up anew.' }
  if (UNKNOWN_WORDS.has(word)) return { problem: 'This person was not subscribed there.' }
  return { problem: `Nobody knows the status “${text.trim().slice(0, 40)}”.` }
}

/** Whether a cell is a status of some service. */
export function isStatus(text: string): boolean {
  const word = wordOf(text)
  return [AGREED_WORDS, LEFT_WORDS, BLOCKED, WAITING_WORDS, UNKNOWN_WORDS].some((known) => known.has(word))
}

const YES = words('1', 'true', 'yes', 'y', 'x', 'on', 'kylla', 'si', 'ja', 'da', 'taip')
const NO = words('0', 'false', 'no', 'n', 'off', 'ei', 'nee', 'ne', 'nu')

/** Brevo's way to say that somebody wants or can get no mail: a column of yes and no. */
export function readBlocklisted(text: string): Standing | { problem: string } | null {
  const word = wordOf(text)
  if (word === '' || NO.has(word)) return null
  return YES.has(word)
    ? { rank: 2, reason: 'unsubscribe-all' }
    : { problem: 'Blocklisted: answer yes or no.' }
}

/** A column of yes and no, or of states, that says who wants mail. */
export function readOptIn(text: string): Standing | { problem: string } | null {
  const word = wordOf(text)
  if (word === '' || YES.has(word)) return null
  return NO.has(word) ? { problem: 'This person has not agreed there.' } : readStatus(text)
}

/** Whether a cell says yes. */
export function isYes(text: string): boolean {
  return YES.has(wordOf(text))
}
