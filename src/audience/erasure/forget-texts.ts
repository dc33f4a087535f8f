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
  await sql`
    update draft_step set content = regexp_replace(content::text, ${pattern}, ${INSTEAD}, 'gi')::jsonb
    where lower(content::text) ~ ${pattern}`.execute(tx)
}

/** A text as a regular expression of PostgreSQL that means just that. */
function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, '\\$&')
}
