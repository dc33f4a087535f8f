import type { Canary } from '../../db/tables/issue.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { compileEdition, renderEdition } from '../rendering/compile-edition.js'
import { issueBalance } from './balance.js'
import { canaryProblems } from './canary.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { issueWithBlocks } from './issue.js'
import { issueContent } from './issue-content.js'
import { NOTHING_KNOWN } from './preflight/background/known-facts.js'
import { type CheckedIssue, checkSubject, subjectOf } from './preflight/check-subject.js'
import { sampleValues } from './preview-issue.js'

type Needs = Pick<Context, 'db' | 'clock'>

// A form filled in at 9:00 for 9:00 arrives a little late and still means now.
const LATENESS_ALLOWED_MS = 60_000

/** A draft as somebody saw it, and who gets it first; left out, that stays as it was. */
export type Scheduling = DraftVersion & { canary?: Canary | null }

/**
 * Schedules a draft (`sendAt` null: at once), freezing its edition and its balance. Throws `InvalidError` with what has
 * to be mended first, by field, or `ConflictError` when the draft has changed.
 */
export async function scheduleIssue(ctx: Needs, draft: Scheduling, sendAt: Date | null): Promise<void> {
  const now = ctx.clock.now()
  const issue = await issueWithBlocks(ctx, draft.issueId)
  const canary = draft.canary === undefined ? issue.canary : draft.canary
  const content = await issueContent(ctx, { ...issue, send_at: sendAt }, now)
  const edition = await compileEdition(content)
  const rendered = renderEdition(edition, sampleValues({ title: issue.title, date: content.date, edition }))
  const found = obstacles({ issue, content, edition, rendered, now, sendAt, ...UNASKED })
  await changeDraft(ctx, draft, async (tx) => {
    const balance = await issueBalance(tx, issue.id)
    const problems: Record<string, string> = {
      ...found,
      ...(await canaryProblems(tx, { issueId: issue.id, canary }, balance)),
    }
    if (sendAt && sendAt.getTime() < now.getTime() - LATENESS_ALLOWED_MS)
      problems['sendAt'] = 'This time has passed.'
    if (issue.listIds.length > 0 && balance.recipients === 0)
      problems['listIds'] = 'Nobody on these lists would get it.'
    if (Object.keys(problems).length > 0) throw new InvalidError(problems)
    await tx.deleteFrom('edition').where('issue_id', '=', issue.id).execute()
    const compiled = JSON.stringify(edition)
    await tx
      .insertInto('edition')
      .values({ id: newId(now), issue_id: issue.id, language: issue.language, compiled, frozen_at: now })
      .execute()
    await tx
      .updateTable('issue')
      .set({
        status: 'scheduled',
        send_at: sendAt ?? now,
        scheduled_balance: JSON.stringify(balance),
        canary: canary && JSON.stringify(canary),
      })
      .where('id', '=', issue.id)
      .execute()
  })
}

// What others say of an issue never keeps it from going out, and the audience is counted in the transaction itself.
const UNASKED = { known: NOTHING_KNOWN, pictureBytes: 0, bounceDomain: null, timeZone: 'UTC' }

function obstacles(checked: CheckedIssue): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const { severity, blockId, field, message } of checkSubject(subjectOf(checked))) {
    if (severity !== 'error') continue
    const place = [blockId ? `block:${blockId}` : null, field].filter(Boolean).join('.')
    problems[place || 'blocks'] ??= message
  }
  return problems
}
