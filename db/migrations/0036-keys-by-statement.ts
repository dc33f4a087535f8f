import { type Kysely, sql } from 'kysely'

/**
 * Subscriptions and consents hold on to their person and their list by one look for a whole statement instead of one for each row, which was
 * half of what an import of a million people cost. The promise is that of a foreign key: who is named exists, stays as long as the
 * transaction, and takes these rows along when deleted; a list that anybody was ever on cannot be deleted. Rows of an import bring the id
 * that a new person gets; the rows of the only import go as a whole.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table import_row add column fresh_id uuid`,
  // False: somebody is at the table, or it holds rows of another import; they have to be deleted one by one.
  `create function forget_import_rows(of_import uuid) returns boolean language plpgsql as $$
    begin
      lock table import_row in access exclusive mode nowait;
      if exists (select from import_row where import_id <> of_import) then
        return false;
      end if;
      truncate import_row;
      return true;
    exception when lock_not_available then
      return false;
    end $$`,
  `alter table subscription drop constraint subscription_list_id_fkey, drop constraint subscription_subscriber_id_fkey`,
  `alter table consent_event drop constraint consent_event_list_id_fkey, drop constraint consent_event_subscriber_id_fkey`,
  // The locks are those that a foreign key takes. Whoever is gone, also in this very moment, is not found. Each is looked up by itself, since a plan for
  // all at once, made while the table was small, goes through the whole of it for ever.
  `create function expect_person_and_list() returns trigger language plpgsql as $$
    declare
      named integer;
      found integer;
    begin
      select count(*), count(p.id) into named, found from (select distinct subscriber_id as id from added) a
        left join lateral (select p.id from subscriber p where p.id = a.id for key share) p on true;
      if found < named then
        raise exception '% names a subscriber who does not exist.', tg_table_name using errcode = 'foreign_key_violation';
      end if;
      select count(*), count(l.id) into named, found
        from (select distinct list_id as id from added where list_id is not null) a
        left join lateral (select l.id from list l where l.id = a.id for key share) l on true;
      if found < named then
        raise exception '% names a list that does not exist.', tg_table_name using errcode = 'foreign_key_violation';
      end if;
      return null;
    end $$`,
  `create function expect_new_person_and_list() returns trigger language plpgsql as $$
    begin
      perform from subscriber p where p.id = new.subscriber_id for key share;
      if not found then
        raise exception '% names a subscriber who does not exist.', tg_table_name using errcode = 'foreign_key_violation';
      end if;
      perform from list l where l.id = new.list_id for key share;
      if not found and new.list_id is not null then
        raise exception '% names a list that does not exist.', tg_table_name using errcode = 'foreign_key_violation';
      end if;
      return null;
    end $$`,
  ...['subscription', 'consent_event'].flatMap((table) => [
    `create trigger expect_person_and_list after insert on ${table} referencing new table as added
      for each statement execute function expect_person_and_list()`,
    `create trigger expect_new_person_and_list after update on ${table} for each row
      when (new.subscriber_id <> old.subscriber_id or new.list_id is distinct from old.list_id)
      execute function expect_new_person_and_list()`,
  ]),
  `create function forget_subscriptions() returns trigger language plpgsql as $$
    begin
      delete from subscription s using gone where s.subscriber_id = gone.id;
      delete from consent_event e using gone where e.subscriber_id = gone.id;
      return null;
    end $$`,
  `create trigger forget_subscriptions after delete on subscriber referencing old table as gone
    for each statement execute function forget_subscriptions()`,
  `create function keep_list() returns trigger language plpgsql as $$
    begin
      if exists (select from subscription where list_id = old.id) or exists (select from consent_event where list_id = old.id) then
        raise exception 'People were on this list.' using errcode = 'foreign_key_violation';
      end if;
      return old;
    end $$`,
  `create trigger keep_list before delete on list for each row execute function keep_list()`,
]
