import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../db/database.js'

export type TemplateUse = { id: string; title: string; status: string }

/** The issues that a template dresses, those changed last first; also those that undoing a change would give back to it. */
export async function templateUses({ db }: { db: DatabaseOrTx }, id: string): Promise<TemplateUse[]> {
  const { rows } = await sql<TemplateUse>`
    select id, title, status from issue where design = ${id} or exists (
      select 1 from draft_step where issue_id = issue.id and content #>> '{fields,design}' = ${id})
    order by updated_at desc, id`.execute(db)
  return rows
}
