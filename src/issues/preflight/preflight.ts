import type { Context } from '../../context.js'
import type { IssueWithBlocks } from '../issue.js'
import type { Preview } from '../preview-issue.js'
import { authorTexts } from './author-texts.js'
import type { KnownFacts } from './background/facts.js'
import { findOutJob } from './background/find-out-job.js'
import { knownFacts, rowFinder } from './background/known-facts.js'
import { remembered } from './background/remember.js'
import { dueIn, type Wanted, wantedBy } from './background/wanted.js'
import { checkSubject } from './check-subject.js'
import type { Finding } from './finding.js'
import { type LinkUse, linksOf } from './links.js'
import { type MailPage, readMailPage } from './read-mail-page.js'

export type PreflightNeeds = Pick<Context, 'db' | 'clock' | 'config' | 'dkim' | 'queues' | 'log'>

export type PreflightOptions = {
  /** When it shall go out; left out: when the issue says. */
  sendAt?: Date | null
  /** In which “today” and weekdays are meant. */
  timeZone?: string
}

/** What the checks say of an issue as it stands, and what is still being found out. */
export type Preflight = {
  findings: Finding[]
  known: KnownFacts
  /** What is being found out, or will be once its author has paused. */
  waiting: Wanted[]
  links: readonly LinkUse[]
  pictureBytes: number
}

/**
 * Checks an issue from its preview. What needs the network, or much time, is taken from what was found out last; where that is missing or old,
 * it is found out in the background and `waiting` says so.
 */
export async function preflight(
  ctx: PreflightNeeds,
  issue: IssueWithBlocks,
  preview: Preview,
  { sendAt, timeZone = 'UTC' }: PreflightOptions = {},
): Promise<Preflight> {
  const { content, edition } = preview
  const texts = authorTexts(content)
  const links = linksOf(texts)
  const page = readMailPage(preview.html)
  const now = ctx.clock.now()
  const wanted = wantedBy(ctx, { issue, content, edition, texts, links })
  const [rows, pictureBytes, archivedFields] = await Promise.all([
    remembered(ctx.db, wanted),
    weightOf(ctx, page),
    fieldsInArchive(ctx),
  ])
  const known = knownFacts(wanted, rows)
  const findings = checkSubject({
    ...{
      issue,
      content,
      edition,
      problems: preview.problems,
      rendered: preview,
      page,
      texts,
      links,
      known,
      pictureBytes,
      archivedFields,
      now,
      timeZone,
    },
    bounceDomain: ctx.config.bounceDomain,
    sendAt: sendAt ?? planned(issue, now),
  })
  const rowOf = rowFinder(rows)
  const due = wanted.map((one) => ({ one, delayMs: dueIn(one, rowOf(one), now) }))
  const waiting = due.flatMap(({ one, delayMs }) => (delayMs === null ? [] : [{ one, delayMs }]))
  if (waiting.length > 0)
    await findOutLater(ctx, issue.id, Math.min(...waiting.map(({ delayMs }) => delayMs)))
  return { findings, known, waiting: waiting.map(({ one }) => one), links, pictureBytes }
}

// A draft that was taken back keeps its old time, which says nothing once it has passed.
function planned({ send_at, status }: IssueWithBlocks, now: Date): Date | null {
  return send_at && (status !== 'draft' || send_at > now) ? send_at : null
}

async function weightOf({ db, config }: PreflightNeeds, { images }: MailPage): Promise<number> {
  const start = `${config.publicUrl}/pictures/`
  const own = images.filter(({ src }) => src.startsWith(start)).map(({ src }) => src.slice(start.length))
  if (own.length === 0) return 0
  const { bytes } = await db
    .selectFrom('picture')
    .select((eb) => eb.fn.sum<string>('bytes').as('bytes'))
    .where('name', 'in', own)
    .executeTakeFirstOrThrow()
  return Number(bytes ?? 0)
}

async function fieldsInArchive({ db }: PreflightNeeds): Promise<string[]> {
  const rows = await db.selectFrom('field').select('key').where('archived_at', 'is not', null).execute()
  return rows.map(({ key }) => key)
}

// The checks must not fail because the queue does; they are asked for again soon enough.
async function findOutLater(
  { queues, log }: PreflightNeeds,
  issueId: string,
  delayMs: number,
): Promise<void> {
  try {
    await queues.enqueue(findOutJob, { issueId }, { delayMs })
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : '' }, 'the checks cannot be found out')
  }
}
