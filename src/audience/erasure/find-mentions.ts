import { sql } from 'kysely'
import { addressTraces } from '../../address-traces.js'
import type { Context } from '../../context.js'

/** Something that names an address as part of what was written for readers, or as that of a colleague; erasing somebody leaves it to its editors. */
export type Mention = { kind: 'issue' | 'news' | 'template' | 'account'; id: string; title: string }

const SHOWN = 50

/** Where else an address stands: issues, news, templates and accounts, at most fifty. */
export async function findMentions(
  { db }: Pick<Context, 'db'>,
  spellings: readonly string[],
): Promise<Mention[]> {
  const { plain } = addressTraces(spellings)
  const names = (text: string) => sql<boolean>`exists (
    select from unnest(${plain}::text[]) as trace where strpos(lower(${sql.raw(text)}), trace) > 0)`
  const { rows } = await sql<Mention>`
    select 'issue' as kind, i.id, i.title from issue i
    where ${names(`concat_ws(' ', i.title, i.subject, i.preheader, i.from_email, i.reply_to)`)}
      or exists (select from block b where b.issue_id = i.id and ${names('b.content::text')})
      or exists (select from issue_language l where l.issue_id = i.id and ${names(`concat_ws(' ', l.subject, l.preheader)`)})
      or exists (select from block b join block_text t on t.block_id = b.id where b.issue_id = i.id and ${names('t.texts::text')})
    union all
    select 'news', n.id, n.title from news_item n
    where ${names(`concat_ws(' ', n.title, n.summary_html, n.url)`)}
      or exists (select from news_item_text t where t.news_item_id = n.id and ${names(`concat_ws(' ', t.title, t.summary_html, t.url)`)})
    union all
    select 'template', t.id, t.name from template t where ${names('t.source')}
    union all
    select 'account', a.id, a.name from account a where ${names('a.email')}
    limit ${SHOWN}`.execute(db)
  return rows
}
