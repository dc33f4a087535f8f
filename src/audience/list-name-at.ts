import { type RawBuilder, sql } from 'kysely'

/** What the list of a row was called at the moment of that row; null for no list. */
export function listNameAt(listId: string, at: string): RawBuilder<string | null> {
  return sql`coalesce(
    (select former.name from list_former_name former
      where former.list_id = ${sql.ref(listId)} and former.until > ${sql.ref(at)} order by former.until limit 1),
    (select list.name from list where list.id = ${sql.ref(listId)}))`
}
