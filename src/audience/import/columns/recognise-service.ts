import type { Suppression } from '../../../../db/tables/suppression.js'
import { wordOf } from './recognise-columns.js'

/** 0: agreed, 1: has left, 2: must not be mailed, and why. */
export type Standing = { rank: 0 | 1 | 2; reason: Suppression['reason'] | null }

export type Service = 'Brevo' | 'Mailchimp' | 'listmonk'

export const AGREED: Standing = { rank: 0, reason: null }
export const LEFT: Standing = { rank: 1, reason: null }

/** Which service wrote an export, by the columns that only it has; null: none that we know. */
export function recogniseService(header: readonly string[]): Service | null {
  const words = new Set(header.map(wordOf))
  const has = (...wanted: string[]) => wanted.every((word) => words.has(word))
  if (has('memberrating') || has('leid', 'euid') || has('optintime', 'confirmtime')) return 'Mailchimp'
  if (has('uuid', 'email', 'status', 'attributes')) return 'listmonk'
  if (has('contactid', 'email') || has('emailblacklisted') || has('doubleoptin', 'email')) return 'Brevo'
  return null
}

/**
 * What a whole file says of its people, by the name that a service gives it or by a column that only such a file has. `unknown` people
 * never agreed to anything: Mailchimp's contacts that are not subscribed.
 */
export function standingOfFile(fileName: string, header: readonly string[]): Standing | 'unknown' {
  const stem = fileName.replace(/^.*[\\/]/, '').toLowerCase()
  const words = new Set(header.map(wordOf))
  const isCalled = (word: string) => new RegExp(`^${word}(?![a-z])`).test(stem)
  // Where each row says how it stands, a time says nothing of the others.
  const has = (word: string) => words.has(word) && !words.has('status')
  if (has('cleantime') || isCalled('cleaned')) return { rank: 2, reason: 'hard-bounce' }
  if (isCalled('blocklisted') || isCalled('blacklisted')) return { rank: 2, reason: 'manual' }
  if (has('unsubtime') || isCalled('unsubscribed')) return LEFT
  if (isCalled('nonsubscribed') || isCalled('non-subscribed')) return 'unknown'
  return AGREED
}
