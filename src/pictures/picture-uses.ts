import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../db/tables/index.js'

/** What embeds a picture; the brand has no id. */
export type PictureUse = { kind: 'news' | 'issue' | 'template' | 'brand'; id: string | null; title: string }

/** Where each picture is used, by its name: news items, the blocks of issues, templates, and the brand. */
export async function pictureUses(
  db: Kysely<Tables>,
  names: readonly string[],
): Promise<Map<string, PictureUse[]>> {
  const uses = new Map<string, PictureUse[]>(names.map((name) => [name, []]))
  if (names.length === 0) return uses
  const { rows } = await sql<PictureUse & { name: string }>`
    with wanted as (select unnest(${[...names]}::text[]) as name),
    embedding as (
      select 'news' as kind, id, title, image_url || ' ' || summary_html as content from news_item
      where image_url like '%/pictures/%' or summary_html like '%/pictures/%'
      union all
      select 'issue', issue.id, issue.title, block.content::text
      from block join issue on issue.id = block.issue_id where block.content::text like '%/pictures/%'
      union all
      select 'template', id, name, source from template where source like '%/pictures/%'
      union all
      select 'brand', null, 'Brand', logo_url || ' ' || emblem_url from organisation
      union all
      select 'issue', issue.id, issue.title, block_text.texts::text
      from block_text join block on block.id = block_text.block_id join issue on issue.id = block.issue_id
      where block_text.texts::text like '%/pictures/%'
    )
    select distinct name, kind, id, title from wanted join embedding on position('/pictures/' || name in content) > 0
    order by kind, title, id`.execute(db)
  for (const { name, ...use } of rows) uses.get(name)?.push(use)
  return uses
}

/** All that stands in the way of removing a picture: its uses, and issues whose frozen edition shows it. */
export async function everyPictureUse(db: Kysely<Tables>, name: string): Promise<PictureUse[]> {
  const uses = (await pictureUses(db, [name])).get(name) ?? []
  const { rows } = await sql<{ id: string; title: string }>`
    select distinct issue.id, issue.title from edition join issue on issue.id = edition.issue_id
    where position(${`/pictures/${name}`} in compiled::text) > 0 order by title`.execute(db)
  const frozen = rows.filter(({ id }) => !uses.some((use) => use.kind === 'issue' && use.id === id))
  return [...uses, ...frozen.map((issue) => ({ kind: 'issue' as const, ...issue }))]
}
