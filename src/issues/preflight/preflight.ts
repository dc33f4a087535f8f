import type { Context } from '../../context.js'
import type { IssueWithBlocks } from '../issue.js'
import { momentIn } from '../own-time.js'
import type { Preview } from '../preview-issue.js'
import type { KnownFacts } from './background/facts.js'
import { findOutJob } from './background/find-out-job.js'
import { inEdition, knownFacts, rowFinder } from './background/known-facts.js'
import { remembered } from './background/remember.js'
import { dueIn, type Wanted, wantedBy } from './background/wanted.js'
import { checkEditions } from './check-editions.js'
import type { Finding } from './finding.js'
import type { LinkUse } from './links.js'
import { type ReadEdition, readEdition } from './read-edition.js'

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
  /** Those of all editions, in their order. */
  links: readonly LinkUse[]
  pictureBytes: number
}

/**
 * Checks an issue in all its languages from its preview, whoever the preview is for. What needs the network, or much time, is taken from what
 * was found out last; where that is missing or old, it is found out in the background and `waiting` says so.
 */
export async function preflight(
  ctx: PreflightNeeds,
  issue: IssueWithBlocks,
  preview: Preview,
  { sendAt, timeZone = 'UTC' }: PreflightOptions = {},
): Promise<Preflight> {
  const editions = preview.editions.map(readEdition)
  const now = ctx.clock.now()
  const wanted = wantedBy(ctx, { issue, editions })
  const [rows, pictureBytes, archivedFields] = await Promise.all([
    remembered(ctx.db, wanted),
    weightOf(ctx, editions),
    fieldsInArchive(ctx),
  ])
  const known = knownFacts(wanted, rows)
  const about = {
    ...{ issue, pictureBytes, archivedFields, now, timeZone },
    bounceDomain: ctx.config.bounceDomain,
    sendAt: sendAt ?? planned(issue, { now, timeZone }),
  }
  const findings = checkEditions(
    editions.map((edition, at) => ({ ...about, ...edition, known: inEdition(known, at) })),
  )
  const rowOf = rowFinder(rows)
  const due = wanted.map((one) => ({ one, delayMs: dueIn(one, rowOf(one), now) }))
  const waiting = due.flatMap(({ one, delayMs }) => (delayMs === null ? [] : [{ one, delayMs }]))
  if (waiting.length > 0)
    await findOutLater(ctx, issue.id, Math.min(...waiting.map(({ delayMs }) => delayMs)))
  const links = editions.flatMap((edition) => edition.links)
  return { findings, known, waiting: waiting.map(({ one }) => one), links, pictureBytes }
}

/** The hour of a planned day that stands for the day as a whole. */
const USUAL_HOUR = 'T09:00'

// What a draft is planned for says nothing once the day is over.
function planned(
  { send_at, status, planned_on }: IssueWithBlocks,
  { now, timeZone }: { now: Date; timeZone: string },
): Date | null {
  if (status !== 'draft') return send_at
  if (planned_on === null || momentIn(`${planned_on}T23:59`, timeZone) < now) return null
  return momentIn(`${planned_on}${USUAL_HOUR}`, timeZone)
}

// The editions share their pictures.
async function weightOf({ db, config }: PreflightNeeds, [main]: readonly ReadEdition[]): Promise<number> {
  const start = `${config.publicUrl}/pictures/`
  const own = (main?.page.images ?? [])
    .filter(({ src }) => src.startsWith(start))
    .map(({ src }) => src.slice(start.length))
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
