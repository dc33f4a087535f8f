import { type Kysely, sql } from 'kysely'

/** Templates that designers write, and what each was like before. An issue names its template by its id as its design. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table template (
    id uuid primary key,
    name text not null,
    format text not null check (format in ('mjml', 'html')),
    source text not null,
    base text not null default 'project',
    version integer not null default 1,
    created_by uuid references account on delete set null,
    created_at timestamptz not null,
    updated_by uuid references account on delete set null,
    updated_at timestamptz not null,
    archived_at timestamptz
  )`,
  `create table template_version (
    template_id uuid not null references template on delete cascade,
    version integer not null,
    name text not null,
    source text not null,
    is_typed boolean not null,
    made_by uuid references account on delete set null,
    begun_at timestamptz not null,
    made_at timestamptz not null,
    primary key (template_id, version)
  )`,
]
