import { AGREED, LEFT, type Standing } from './recognise-service.js'

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
  ...['blocklisted', 'blacklisted', 'blocked', 'suppressed'].map((word) => [word, 'manual'] as const),
])

/** Where a status of any service leaves somebody; empty: as the others in the file. */
export function readStatus(text: string): Standing | { problem: string } | null {
  const word = plainWord(text)
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

const YES = words('1', 'true', 'yes', 'y', 'x', 'on', 'kylla', 'si', 'ja', 'da', 'taip')
const NO = words('0', 'false', 'no', 'n', 'off', 'ei', 'nee', 'ne', 'nu')

/** Brevo's way to say that somebody wants or can get no mail: a column of yes and no. */
export function readBlocklisted(text: string): Standing | { problem: string } | null {
  const word = plainWord(text)
  if (word === '' || NO.has(word)) return null
  return YES.has(word)
    ? { rank: 2, reason: 'unsubscribe-all' }
    : { problem: 'Blocklisted: answer yes or no.' }
}

function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
