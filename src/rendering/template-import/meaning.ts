/** One part of a condition: a field that must, or must not, have a value. */
export type Test = { field: string; holds: boolean }

/**
 * What a merge tag says. A `test` of null cannot be said in our language; frames are named by `family`, and an `else`
 * belongs to any frame of its `group`.
 */
export type Meaning =
  | { kind: 'field'; field: string; fallback: string; note?: string }
  | { kind: 'words'; words: string; note?: string }
  | { kind: 'if'; family: string; group: Group; tests: Test[] | null }
  | { kind: 'elif'; group: Group; tests: Test[] | null }
  | { kind: 'else'; group: Group }
  | { kind: 'end'; family: string }
  /** Prints nothing here, and the frame it opens, if any, leaves its content. */
  | { kind: 'dropped'; message: string; opens?: string }
  | { kind: 'unknown'; message?: string }
  /** No tag at all, only text that looks like one. */
  | { kind: 'plain' }
  /** A slot of a template of ours: it stays. */
  | { kind: 'slot' }

export type Group = 'braces' | 'percent' | 'stars'

export const UNSUBSCRIBE = 'links.UNSUBSCRIBE'
export const PREFERENCES = 'links.PREFERENCES'
export const WEBVIEW = 'links.WEBVIEW'

/** A field that prints its value. */
export function field(name: string, fallback = '', note?: string): Meaning {
  return { kind: 'field', field: name, fallback, ...(note ? { note } : {}) }
}

/** Something known that we cannot say, with what to do about it. */
export function unknown(message?: string): Meaning {
  return { kind: 'unknown', ...(message ? { message } : {}) }
}

const OUR_NAMES: Readonly<Record<string, string>> = {
  first_name: 'FIRSTNAME',
  last_name: 'LASTNAME',
  firstname: 'FIRSTNAME',
  lastname: 'LASTNAME',
}

/** The key of a contact's field in our words; null when no key can be called that. Snake and camel case of the two names are ours. */
export function contactField(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,99}$/.test(name)) return null
  const alias = name === name.toUpperCase() ? undefined : OUR_NAMES[name.toLowerCase()]
  return `contact.${alias ?? name.toUpperCase()}`
}

export const PREHEADER =
  'The preheader is set on the issue, and Carillon puts it at the top of the mail itself.'
export const OWN_DATE = 'The date is printed as the issue prints it, in the reader’s language.'
export const WRITE_SENDER =
  'There is no merge field for the sender: write it here, or leave it to the footer, which names the organisation and its address.'
export const NO_LOOPS = 'Carillon has no loops in templates: use a news list instead.'
export const NO_FILES = 'Other templates cannot be included: put here what they hold.'
export const NO_DATA = 'Carillon has no such value: it knows the contact, the issue and its links.'
