import { sql } from 'kysely'

/*
 * Which issue shows which news item is never stored: the blocks say it. The two forms below say in SQL what `usedNewsIds` says
 * of one issue, the first for all news items at once, the second for a few, by the indexes on blocks.
 */

/** Every use: what the blocks of all issues show, one news item or several. */
export const everyUse = sql<{ issue_id: string; news_item_id: string }>`(
  select issue_id, (content ->> 'newsItemId')::uuid as news_item_id
  from block where content ->> 'newsItemId' is not null
  union all
  select issue_id, used.id::uuid
  from block, jsonb_array_elements_text(content -> 'newsItemIds') as used (id) where content -> 'newsItemIds' is not null
)`

/** The issues that show one news item, `news_item` of the query around it, the latest first. */
export const usedIn = sql<{ issueId: string; title: string; status: string }[]>`(
  select coalesce(json_agg(json_build_object('issueId', issue.id, 'title', issue.title, 'status', issue.status)
    order by coalesce(issue.finished_at, issue.send_at, issue.updated_at) desc), '[]')
  from issue where issue.id in (
    select issue_id from block where content ->> 'newsItemId' = news_item.id::text
    union all
    select issue_id from block where content -> 'newsItemIds' @> to_jsonb(news_item.id::text)
  )
)`
