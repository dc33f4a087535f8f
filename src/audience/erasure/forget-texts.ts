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
  const pattern = `(?<![[:alnum:]._%+-])(?:${traces.plain.map(literally).join('|')})(?![[:alnum:]-]|\\.[[:alnum:]])`
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

/** A text as a regular expression of PostgreSQL that means just that. */
function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, '\\$&')
}
