import type { Database } from '../../db/database.js'
import { NotFoundError } from '../errors.js'
import { fallbackOrder } from '../issues/issue-translations.js'
import { longDate } from '../issues/long-date.js'
import { dayOfIssue } from '../issues/own-time.js'
import type { CompiledEdition } from '../rendering/compile-edition.js'
import { withSubject } from '../rendering/compile-variants.js'
import { compileWire, type WireEdition } from '../rendering/wire/wire-edition.js'
import type { IssueList, SendingIssue } from './compose-message.js'
import { editionChooser } from './edition-chooser.js'

/** A frozen edition, with the day of the issue in words of its language. */
export type SendingEdition = { edition: CompiledEdition; date: string }

type WireReady = SendingEdition & { wire: WireEdition }

/** An edition that is ready for the wire, too; `variants` is the same with each of the other subjects that are tried. */
export type ReadyEdition = WireReady & { variants: readonly WireReady[] }

/** What the mails of an issue share, from its frozen editions; throws `NotFoundError` when there is none. */
export async function sendingIssue(db: Database, issueId: string): Promise<SendingIssue<SendingEdition>> {
  return issueWithEditions(db, issueId, (edition) => edition)
}

/** An issue with its editions compiled for the wire, as it was when this process first had to do with it. */
export type ReadyIssue = SendingIssue<ReadyEdition> & {
  /** Domain of the sender's address. */
  senderDomain: string
  /** Its own messages an hour at that time; what it is now stands in the limits. */
  firstRatePerHour: number | null
}

/** What a process needs to write an issue's mails; throws `NotFoundError` when there is no frozen edition. */
export async function readyIssue(db: Database, issueId: string): Promise<ReadyIssue> {
  const issue = await issueWithEditions(db, issueId, withVariants)
  const { rate_per_hour: firstRatePerHour } = await db
    .selectFrom('issue')
    .select('rate_per_hour')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const senderDomain = issue.from.address.slice(issue.from.address.lastIndexOf('@') + 1).toLowerCase()
  return { ...issue, senderDomain, firstRatePerHour }
}

function withVariants(sending: SendingEdition): ReadyEdition {
  const ready = { ...sending, wire: compileWire(sending.edition) }
  const variants = (sending.edition.otherSubjects ?? []).map((subject, index) => ({
    ...ready,
    edition: withSubject(sending.edition, index + 1),
    wire: { ...ready.wire, subject },
  }))
  return { ...ready, variants }
}

async function issueWithEditions<E>(
  db: Database,
  issueId: string,
  prepare: (edition: SendingEdition) => E,
): Promise<SendingIssue<E>> {
  const [issue, rows, further, lists] = await Promise.all([
    db
      .selectFrom('issue')
      .select([
        'title',
        'from_name',
        'from_email',
        'reply_to',
        'send_at',
        'send_zone',
        'own_time',
        'language',
        'language_place',
      ])
      .where('id', '=', issueId)
      .executeTakeFirst(),
    db
      .selectFrom('edition')
      .select(['language', 'compiled', 'frozen_at'])
      .where('issue_id', '=', issueId)
      .execute(),
    db
      .selectFrom('issue_language')
      .select('language')
      .where('issue_id', '=', issueId)
      .orderBy('position')
      .execute(),
    listsOf(db, issueId),
  ])
  if (!issue || rows.length === 0) throw new NotFoundError('This issue has no frozen edition.')
  const editions = rows.map(({ language, compiled, frozen_at }) => {
    const date = longDate(language, dayOfIssue(issue) ?? frozen_at)
    return [language, prepare({ edition: compiled as CompiledEdition, date })] as const
  })
  const order = fallbackOrder(
    issue,
    further.map(({ language }) => language).filter((language) => language !== issue.language),
  )
  return {
    id: issueId,
    title: issue.title,
    from: { name: issue.from_name, address: issue.from_email },
    replyTo: issue.reply_to,
    lists,
    editionFor: editionChooser(new Map(editions), { main: issue.language, order }),
  }
}

async function listsOf(db: Database, issueId: string): Promise<Map<string, IssueList>> {
  const lists = await db
    .selectFrom('list')
    .innerJoin('issue_list', 'issue_list.list_id', 'list.id')
    .select(['list.id', 'slug', 'name'])
    .where('issue_list.issue_id', '=', issueId)
    .execute()
  return new Map(lists.map((list) => [list.id, list]))
}
