import type { Tx } from '../../db/database.js'
import type { Balance, Canary, SubjectTest } from '../../db/tables/issue.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { ConflictError, InvalidError } from '../errors.js'
import { type CompiledEdition, compileEdition } from '../rendering/compile-edition.js'
import { compileVariants } from '../rendering/compile-variants.js'
import type { IssueContent } from '../rendering/issue-content.js'
import { approvalProblems } from './approval/approval-problems.js'
import { issueBalance } from './balance.js'
import { canaryProblems } from './canary.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { type IssueWithBlocks, issueWithBlocks } from './issue.js'
import { issueEditions } from './issue-editions.js'
import { freezeSegments } from './issue-segments.js'
import { listsInUse } from './lists-in-use.js'
import { ownMoments } from './own-time.js'
import { NOTHING_KNOWN } from './preflight/background/known-facts.js'
import { checkEditions } from './preflight/check-editions.js'
import { readEdition } from './preflight/read-edition.js'
import { recordAudit } from './record-audit.js'
import { type FirstFew, subjectTestProblems } from './subject-test.js'

type Needs = Pick<Context, 'db' | 'clock'>

// A form filled in at 9:00 for 9:00 arrives a little late and still means now.
const LATENESS_ALLOWED_MS = 60_000

/** A draft as somebody saw it, and who gets it first; left out, that stays as it was. `sendZone` is where the time was said in. */
export type Scheduling = DraftVersion & {
  canary?: Canary | null
  subjectTest?: SubjectTest | null
  sendZone?: string | null
  /** 'YYYY-MM-DDTHH:MM': everybody gets it then by their own clock, and at `sendAt` those whose zone is not known. */
  ownTime?: string | null
  /** Who schedules; none: the machine, or somebody at the command line. */
  by?: string | null
}

/**
 * Schedules a draft (`sendAt` null: at once), freezing its editions and its balance. Throws `InvalidError` with what has
 * to be mended first, by field, or `ConflictError` when the draft has changed.
 */
export async function scheduleIssue(ctx: Needs, draft: Scheduling, sendAt: Date | null): Promise<void> {
  const now = ctx.clock.now()
  const issue = await issueWithBlocks(ctx, draft.issueId)
  const first = firstFew(issue, draft)
  const ownTime = draft.ownTime ?? null
  const planned = { ...issue, send_at: sendAt, send_zone: draft.sendZone ?? null, own_time: ownTime }
  const inAll = await issueEditions(ctx, planned, now)
  const { contents } = inAll
  const [content, ...others] = contents as [IssueContent, ...IssueContent[]]
  const [edition, ...translated] = await Promise.all([
    compileVariants(content, first.subjectTest?.subjects ?? []),
    ...others.map((other) => compileEdition(other)),
  ])
  const editions = [edition, ...translated]
  const found = obstacles({ issue, now, sendAt }, contents, editions)
  await changeDraft(ctx, draft, async (tx) => {
    // What was compiled has to be what was looked at, checked and approved.
    if (issue.version !== draft.version)
      throw new ConflictError('This issue has just been changed. Try again.')
    await listsInUse(tx, issue.listIds)
    const balance = await issueBalance(tx, issue.id, now)
    const inTheWay: Record<string, string> = {
      ...found,
      ...(await firstFewProblems(tx, { issue, first, balance, now })),
      ...(await approvalProblems(tx, issue, {
        editions: inAll,
        subjects: first.subjectTest?.subjects ?? [],
      })),
    }
    if (sendAt && sendAt.getTime() < now.getTime() - LATENESS_ALLOWED_MS)
      inTheWay['sendAt'] = 'This time has passed.'
    if (ownTime && first.canary)
      inTheWay['own'] = 'Either first to a few, or at each reader’s own hour; not both.'
    if (issue.listIds.length > 0 && balance.recipients === 0)
      inTheWay['listIds'] =
        issue.segments.length > 0
          ? 'Nobody on these lists and in these segments would get it.'
          : 'Nobody on these lists would get it.'
    if (Object.keys(inTheWay).length > 0) throw new InvalidError(inTheWay)
    await freezeSegments(tx, issue.id)
    await freeze(tx, issue.id, { editions, now })
    await tx
      .updateTable('issue')
      .set({
        status: 'scheduled',
        send_at: ownTime
          ? await earliest(tx, { issueId: issue.id, ownTime, sendAt: sendAt ?? now })
          : (sendAt ?? now),
        own_time: ownTime,
        send_zone: draft.sendZone ?? null,
        scheduled_balance: JSON.stringify(balance),
        canary: first.canary && JSON.stringify(first.canary),
        subject_test: first.subjectTest && JSON.stringify(first.subjectTest),
        subject_decides_at: null,
        subject_winner: null,
      })
      .where('id', '=', issue.id)
      .execute()
    await recordAudit(tx, { action: 'schedule-issue', subjectIds: [issue.id], by: draft.by ?? null, now })
  })
}

async function freeze(
  tx: Tx,
  issueId: string,
  { editions, now }: { editions: readonly CompiledEdition[]; now: Date },
): Promise<void> {
  await tx.deleteFrom('edition').where('issue_id', '=', issueId).execute()
  const frozen = editions.map((edition) => ({
    id: newId(now),
    issue_id: issueId,
    language: edition.language,
    compiled: JSON.stringify(edition),
    frozen_at: now,
  }))
  await tx.insertInto('edition').values(frozen).execute()
}

/** When the first of an issue's readers gets it who all get it at the same time by their own clocks. */
async function earliest(
  tx: Tx,
  { issueId, ownTime, sendAt }: { issueId: string; ownTime: string; sendAt: Date },
): Promise<Date> {
  const moments = await ownMoments(tx, issueId, ownTime)
  return new Date(Math.min(sendAt.getTime(), ...moments.map(({ at }) => at.getTime())))
}

/** As somebody says it; left out, as it was before. */
function firstFew(issue: IssueWithBlocks, { canary, subjectTest }: Scheduling): FirstFew {
  if (canary === undefined) return { canary: issue.canary, subjectTest: issue.subject_test }
  return { canary, subjectTest: subjectTest ?? null }
}

async function firstFewProblems(
  tx: Tx,
  { issue, first, balance, now }: { issue: IssueWithBlocks; first: FirstFew; balance: Balance; now: Date },
): Promise<Record<string, string>> {
  if (first.subjectTest) return subjectTestProblems(issue, first, balance)
  return canaryProblems(tx, { issueId: issue.id, canary: first.canary, now }, balance)
}

// What others say of an issue never keeps it from going out, and the audience is counted in the transaction itself.
const UNASKED = {
  known: NOTHING_KNOWN,
  pictureBytes: 0,
  archivedFields: [],
  bounceDomain: null,
  timeZone: 'UTC',
}

/** What is wrong with the editions, by place; of further languages under `language:fi`. */
function obstacles(
  about: { issue: IssueWithBlocks; now: Date; sendAt: Date | null },
  contents: readonly IssueContent[],
  editions: readonly CompiledEdition[],
): Record<string, string> {
  const subjects = editions.map((edition, at) => ({
    ...{ ...about, ...UNASKED },
    ...readEdition({ content: contents[at] as IssueContent, edition, problems: edition.problems }),
  }))
  const problems: Record<string, string> = {}
  for (const { severity, blockId, field, message } of checkEditions(subjects)) {
    if (severity !== 'error') continue
    const place = [blockId ? `block:${blockId}` : null, field].filter(Boolean).join('.')
    problems[place || 'blocks'] ??= message
  }
  return problems
}
