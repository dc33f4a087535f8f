/** What a column holds: something that every subscriber has, a field by its key, or nothing that is kept. */
export type Target =
  | 'email'
  | 'name'
  | 'language'
  | 'status'
  | 'blocklisted'
  | 'standing'
  | 'opt-in'
  | 'double-opt-in'
  | 'agreed-at'
  | 'confirmed-at'
  | 'left-at'
  | 'attributes'
  | 'skip'
  | `field:${string}`

/** What they are called on the page, in the order in which they are offered. */
export const TARGET_LABELS: Readonly<Record<Exclude<Target, `field:${string}`>, string>> = {
  skip: 'Leave out',
  email: 'E-mail address',
  name: 'First and last name',
  language: 'Language',
  status: 'Status',
  blocklisted: 'Blocklisted: yes or no',
  standing: 'Status of the whole file',
  'opt-in': 'Agreed: yes or no',
  'double-opt-in': 'Confirmed by mail: yes or no',
  'agreed-at': 'When they asked to join',
  'confirmed-at': 'When they confirmed',
  'left-at': 'When they left',
  attributes: 'Attributes as JSON',
}

/** The target that a word of the command line or of a form means, by name or by a field's key; null: none. */
export function readTarget(word: string, fieldKeys: readonly string[]): Target | null {
  const plain = word.trim().toLowerCase()
  if (Object.hasOwn(TARGET_LABELS, plain)) return plain as Target
  const key = plain.replace(/^field:/, '').toUpperCase()
  return fieldKeys.includes(key) ? `field:${key}` : null
}
