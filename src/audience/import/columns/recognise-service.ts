import type { FoundFile } from '../../../../db/tables/import.js'
import type { Suppression } from '../../../../db/tables/suppression.js'
import { wordOf } from './word-of.js'

/** 0: agreed, 1: has left, 2: must not be mailed, and why. */
export type Standing = { rank: 0 | 1 | 2; reason: Suppression['reason'] | null }

export type Service = 'Brevo' | 'Mailchimp' | 'listmonk'

/** What a whole file says of everybody in it. */
export type FileStanding = NonNullable<FoundFile['standing']>

export const AGREED: Standing = { rank: 0, reason: null }
export const LEFT: Standing = { rank: 1, reason: null }

/** `unknown` people never agreed to anything: Mailchimp's contacts that are not subscribed. */
export const STANDINGS: Readonly<Record<FileStanding, Standing | 'unknown'>> = {
  subscribed: AGREED,
  unsubscribed: LEFT,
  bounced: { rank: 2, reason: 'hard-bounce' },
  blocklisted: { rank: 2, reason: 'unsubscribe-all' },
  nonsubscribed: 'unknown',
}

/** Which service wrote an export, by the columns that only it has; null: none that we know. */
export function recogniseService(header: readonly string[]): Service | null {
  const words = new Set(header.map(wordOf))
  const has = (...wanted: string[]) => wanted.every((word) => words.has(word))
  if (has('memberrating') || has('leid', 'euid') || has('optintime', 'confirmtime')) return 'Mailchimp'
  if (has('uuid', 'email', 'status', 'attributes')) return 'listmonk'
  if (has('contactid', 'email') || has('emailblacklisted') || has('doubleoptin', 'email')) return 'Brevo'
  return has('addedtime', 'modifiedtime') ? 'Brevo' : null
}

const NAMED: readonly (readonly [RegExp, FileStanding])[] = [
  [/^subscribed(?![a-z])/, 'subscribed'],
  [/^cleaned(?![a-z])/, 'bounced'],
  [/^bl(o|a)cklisted(?![a-z])/, 'blocklisted'],
  [/^unsubscribed(?![a-z])/, 'unsubscribed'],
  [/^non-?subscribed(?![a-z])/, 'nonsubscribed'],
]

/**
 * What a whole file says of its people by the name that a service gives it, or by a column that only such a file has. A name counts in an
 * export alone, for anybody may call a file so; where each row says how it stands, neither counts.
 */
export function judgeFile(fileName: string, header: readonly string[]): FileStanding {
  const stem = fileName.replace(/^.*[\\/]/, '').toLowerCase()
  const words = new Set(header.map(wordOf))
  if (words.has('refusedbecause')) return 'subscribed'
  const isNamedByService = /_(email_audience|members|segment)_export_/.test(stem)
  const isExport = recogniseService(header) !== null && !words.has('status')
  if (!isNamedByService && !isExport) return 'subscribed'
  const named = NAMED.find(([name]) => name.test(stem))?.[1]
  if (named) return named
  if (words.has('status')) return 'subscribed'
  if (words.has('cleantime')) return 'bounced'
  return words.has('unsubtime') ? 'unsubscribed' : 'subscribed'
}

/** What was chosen to be said of everybody in a file, or what the file says itself. */
export function standingOfFile({
  name,
  header,
  standing,
}: Pick<FoundFile, 'name' | 'header' | 'standing'>): FileStanding {
  return standing ?? judgeFile(name, header)
}
