import { type Kysely, sql } from 'kysely'

/** Pictures for newsletters; their bytes are in the file store under `name`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table picture (
    id uuid primary key,
    name text not null unique,
    sha256 text not null unique,
    source_sha256 text not null,
    file_name text not null default '',
    alt text not null default '',
    type text not null check (type in ('image/jpeg', 'image/png', 'image/gif')),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    frames integer not null default 1 check (frames > 0),
    bytes integer not null check (bytes > 0),
    created_by uuid references account on delete set null,
    created_at timestamptz not null
  )`,
  `create index picture_source on picture (source_sha256)`,
  `create index picture_newest on picture (created_at desc, id desc)`,
]
