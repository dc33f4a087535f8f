import { sql } from 'kysely'
import type { Erasing } from './erasing.js'

/** Texts of the office and of mail servers that may mention a reader. */
const TEXTS = [
  ['audit_entry', 'detail'],
  ['comment', 'body'],
  ['comment', 'about'],
  ['approval', 'note'],
  ['news_item', 'office_note'],
  ['suppression', 'note'],
  ['consent_event', 'note'],
  ['test_choice', 'addresses'],
  ['transport_error', 'text'],
  ['relay', 'text'],
  ['provider', 'reason'],
  ['issue', 'pause_reason'],
  ['digest', 'last_note'],
  ['subscriber_note', 'text'],
  ['leave_reason', 'note'],
  ['import', 'source'],
  ['import', 'problem'],
] as const

/** The same within JSON: drafts that can be undone, conditions of segments, searches that acts were for. */
const JSON_TEXTS = [
  ['draft_step', 'content'],
  ['segment', 'tree'],
  ['issue_segment', 'tree'],
  ['bulk_act', 'what'],
  ['bulk_act', 'scope'],
  ['bulk_change', 'before'],
  ['confirmation', 'fields'],
  ['sign_up', 'fields'],
  ['import', 'files'],
  ['import', 'columns'],
] as const

const INSTEAD = '(erased)'

/** Puts “(erased)” where notes, remarks and server replies name somebody, and takes the steps of drafts that do so out of reach of “undo”. */
export async function forgetTexts({ tx, traces }: Erasing): Promise<void> {
  const pattern = addressPattern(traces.plain)
  for (const [table, column] of TEXTS) {
    const name = sql.ref(column)
    await sql`
      update ${sql.table(table)} set ${name} = regexp_replace(${name}, ${pattern}, ${INSTEAD}, 'gi')
      where lower(${name}) ~ ${pattern}`.execute(tx)
  }
  for (const [table, column] of JSON_TEXTS) {
    const name = sql.ref(column)
    await sql`
      update ${sql.table(table)} set ${name} = regexp_replace(${name}::text, ${pattern}, ${INSTEAD}, 'gi')::jsonb
      where lower(${name}::text) ~ ${pattern}`.execute(tx)
  }
}

// What is no part of an address as links escape it; and the end of what JSON escapes, such as a new line.
const ESCAPED_NEIGHBOUR = '%(?:[01][0-9a-f]|2[0-46-9acf]|3[a-f]|40|5[b-e]|60|7[b-f])'
const JSON_ESCAPE = '\\\\[bfnrt]'

/** A regular expression of PostgreSQL, for text in lower case, that finds these traces of an address where they are not a part of another address. */
export function addressPattern(plain: readonly string[]): string {
  const begin = `(?:(?<![[:alnum:]._%+-])|(?<=${ESCAPED_NEIGHBOUR})|(?<=${JSON_ESCAPE}))`
  const end = '(?![[:alnum:]-]|\\.[[:alnum:]]|%2d|%2e[[:alnum:]])'
  return `${begin}(?:${plain.map(literally).join('|')})${end}`
}

/** A text as a regular expression of PostgreSQL that means just that. */
function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, '\\$&')
}
