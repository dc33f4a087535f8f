import type { Database } from '../../db/database.js'
import { NotFoundError } from '../errors.js'
import { longDate } from '../issues/long-date.js'
import { dayOfIssue } from '../issues/own-time.js'
import type { CompiledEdition } from '../rendering/compile-edition.js'
import { withSubject } from '../rendering/compile-variants.js'
import { compileWire, type WireEdition } from '../rendering/wire/wire-edition.js'
import type { SendingIssue } from './compose-message.js'

/** What the mails of an issue share, from its frozen edition; throws `NotFoundError` when there is none. */
export async function sendingIssue(db: Database, issueId: string): Promise<SendingIssue> {
  const row = await db
    .selectFrom('issue')
    .innerJoin('edition', 'edition.issue_id', 'issue.id')
    .select([
      'issue.title',
      'from_name',
      'from_email',
      'reply_to',
      'send_at',
      'own_time',
      'edition.language',
      'compiled',
    ])
    .where('issue.id', '=', issueId)
    .executeTakeFirst()
  const lists = await db
    .selectFrom('list')
    .innerJoin('issue_list', 'issue_list.list_id', 'list.id')
    .select(['list.id', 'slug', 'name'])
    .where('issue_list.issue_id', '=', issueId)
    .execute()
  if (!row) throw new NotFoundError('This issue has no frozen edition.')
  return {
    id: issueId,
    title: row.title,
    from: { name: row.from_name, address: row.from_email },
    replyTo: row.reply_to,
    lists: new Map(lists.map((list) => [list.id, list])),
    date: longDate(row.language, dayOfIssue(row) ?? new Date()),
    edition: row.compiled as CompiledEdition,
  }
}

/** An issue with its edition compiled for the wire, as it was when this process first had to do with it. */
export type ReadyIssue = SingleIssue & {
  /** The same with each of the other subjects that are tried. */
  variants: readonly SingleIssue[]
}

type SingleIssue = SendingIssue & {
  wire: WireEdition
  /** Domain of the sender's address. */
  senderDomain: string
  /** Its own messages an hour at that time; what it is now stands in the limits. */
  firstRatePerHour: number | null
}

/** What a process needs to write an issue's mails; throws `NotFoundError` when there is no frozen edition. */
export async function readyIssue(db: Database, issueId: string): Promise<ReadyIssue> {
  const issue = await sendingIssue(db, issueId)
  const { rate_per_hour: firstRatePerHour } = await db
    .selectFrom('issue')
    .select('rate_per_hour')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const senderDomain = issue.from.address.slice(issue.from.address.lastIndexOf('@') + 1).toLowerCase()
  const ready = { ...issue, wire: compileWire(issue.edition), senderDomain, firstRatePerHour }
  const variants = (issue.edition.otherSubjects ?? []).map((subject, index) => ({
    ...ready,
    edition: withSubject(issue.edition, index + 1),
    wire: { ...ready.wire, subject },
  }))
  return { ...ready, variants }
}
