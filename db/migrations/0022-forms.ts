import { type Kysely, sql } from 'kysely'

/**
 * Sign-up forms: what a form asks is kept version by version and never changed, so that evidence of consent can name what was shown.
 * What was typed waits in `sign_up` for a moment, so that the answer takes equally long for every address.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table form (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    closed_at timestamptz
  )`,
  `create table form_version (
    form_id uuid not null references form,
    version integer not null,
    content jsonb not null,
    created_at timestamptz not null,
    created_by uuid references account,
    primary key (form_id, version)
  )`,
  `create function keep_form_version() returns trigger language plpgsql as $$
  begin
    raise exception 'a version of a form is never changed';
  end $$`,
  `create trigger keep_form_version before update or delete on form_version for each row execute function keep_form_version()`,
  `with made as (
    insert into form (id, slug, name, created_at) values (gen_random_uuid(), 'join', 'Join', now()) returning id
  )
  insert into form_version (form_id, version, content, created_at)
  select id, 1, '{"listIds":null,"offersChoice":true,"fields":[],"asksLanguage":true,
    "languages":["en","fi","it","nl","hr","ro","lt"],"texts":{},"redirectUrl":"","origins":[]}', now() from made`,
  `create table sign_up (
    id uuid primary key,
    form_id uuid not null,
    form_version integer not null,
    email text not null,
    list_ids uuid[] not null,
    fields jsonb not null,
    reader_language text,
    consent_text text not null,
    language text not null,
    created_at timestamptz not null,
    foreign key (form_id, form_version) references form_version
  )`,
  `create index sign_up_age on sign_up (created_at)`,
  `alter table confirmation
    add form_id uuid,
    add form_version integer,
    add fields jsonb not null default '{}',
    add foreign key (form_id, form_version) references form_version`,
  `alter table consent_event
    add form_id uuid,
    add form_version integer,
    add foreign key (form_id, form_version) references form_version`,
  `create index consent_event_form on consent_event (form_id) where form_id is not null`,
]
