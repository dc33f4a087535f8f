import { type Kysely, sql } from 'kysely'

/** An issue names the design it is shown in, in the steps of its draft too; the organisation gets a logo, fonts and its funder's emblem. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table issue rename column template to design`,
  `update draft_step set content =
    jsonb_set(content #- '{fields,template}', '{fields,design}', content #> '{fields,template}')
    where content #> '{fields,template}' is not null`,
  `alter table organisation
    add column logo_url text not null default '',
    add column logo_alt text not null default '',
    add column emblem_url text not null default '',
    add column emblem_alt text not null default '',
    add column heading_font text not null default 'design',
    add column text_font text not null default 'design'`,
]
