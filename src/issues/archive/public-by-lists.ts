import { type RawBuilder, sql } from 'kysely'

/** Whether an issue (its id as an expression) is public as long as nobody says otherwise: it goes to lists, and anybody may join all of them. */
export function publicByLists(issueId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`coalesce((
    select bool_and(list.is_public and list.archived_at is null)
    from issue_list join list on list.id = issue_list.list_id
    where issue_list.issue_id = ${issueId}), false)`
}
