import { sql } from 'kysely'
import type { CapturedMail } from '../../db/tables/captured-mail.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

type Needs = Pick<Context, 'db'>

/** A mail that was recorded instead of sent, without its bytes. */
export type CapturedEntry = Omit<CapturedMail, 'message'> & { issueTitle: string | null }

export type CapturedFilter = {
  /** Part of an address or of a subject. */
  search?: string
  /** Only what was captured before this mail. */
  before?: string
  limit?: number
}

const PAGE = 50

/** What was captured, the latest first, in pages; `next` continues where this page ends. */
export async function capturedMails(
  { db }: Needs,
  { search = '', before, limit = PAGE }: CapturedFilter,
): Promise<{ mails: CapturedEntry[]; next: string | null }> {
  let query = db
    .selectFrom('captured_mail as mail')
    .leftJoin('issue', 'issue.id', 'mail.issue_id')
    .select(['mail.id', 'captured_at', 'issue_id', 'recipient', 'mail.subject', 'issue.title as issueTitle'])
  const words = search.trim()
  if (words) {
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('recipient', 'ilike', pattern), eb('mail.subject', 'ilike', pattern)]),
    )
  }
  if (before) {
    const last = db.selectFrom('captured_mail').select(['captured_at', 'id']).where('id', '=', before)
    query = query.where(sql<boolean>`(mail.captured_at, mail.id) < (${last})`)
  }
  const mails = await query
    .orderBy('captured_at', 'desc')
    .orderBy('mail.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = mails.slice(0, limit)
  return { mails: shown, next: mails.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** One captured mail with its bytes; throws `NotFoundError`. */
export async function capturedMail(
  { db }: Needs,
  id: string,
): Promise<CapturedMail & { issueTitle: string | null }> {
  const mail = await db
    .selectFrom('captured_mail as mail')
    .leftJoin('issue', 'issue.id', 'mail.issue_id')
    .selectAll('mail')
    .select('issue.title as issueTitle')
    .where('mail.id', '=', id)
    .executeTakeFirst()
  if (!mail) throw new NotFoundError('This mail is no longer here.')
  return mail
}

/** How many mails were captured. */
export async function capturedCount({ db }: Needs): Promise<number> {
  const { count } = await db
    .selectFrom('captured_mail')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
