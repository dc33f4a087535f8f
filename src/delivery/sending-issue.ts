import type { Database } from '../../db/database.js'
import { NotFoundError } from '../errors.js'
import type { CompiledEdition } from '../rendering/compile-edition.js'
import type { SendingIssue } from './compose-mail.js'

/** What the mails of an issue share, from its frozen edition; throws `NotFoundError` when there is none. */
export async function sendingIssue(db: Database, issueId: string): Promise<SendingIssue> {
  const row = await db
    .selectFrom('issue')
    .innerJoin('edition', 'edition.issue_id', 'issue.id')
    .innerJoin('issue_list', 'issue_list.issue_id', 'issue.id')
    .innerJoin('list', 'list.id', 'issue_list.list_id')
    .select(['issue.title', 'from_name', 'from_email', 'reply_to', 'send_at', 'edition.language', 'compiled'])
    .select(['list.slug', 'list.name as list_name'])
    .where('issue.id', '=', issueId)
    .orderBy('list.created_at')
    .executeTakeFirst()
  if (!row) throw new NotFoundError('This issue has no frozen edition.')
  return {
    id: issueId,
    title: row.title,
    from: { name: row.from_name, address: row.from_email },
    replyTo: row.reply_to,
    list: { slug: row.slug, name: row.list_name },
    date: new Intl.DateTimeFormat(row.language, { dateStyle: 'long', timeZone: 'UTC' }).format(
      row.send_at ?? undefined,
    ),
    edition: row.compiled as CompiledEdition,
  }
}
