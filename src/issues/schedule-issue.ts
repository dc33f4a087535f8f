import type { Canary } from '../../db/tables/issue.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { ConflictError, InvalidError } from '../errors.js'
import { type CompiledEdition, compileEdition } from '../rendering/compile-edition.js'
import { approvalProblems } from './approval/approval-problems.js'
import { issueBalance } from './balance.js'
import { canaryProblems } from './canary.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { type IssueWithBlocks, issueWithBlocks } from './issue.js'
import { issueContent } from './issue-content.js'

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
  await changeDraft(ctx, draft, async (tx) => {
    // What was compiled has to be what was looked at, checked and approved.
    if (issue.version !== draft.version)
      throw new ConflictError('This issue has just been changed. Try again.')
    const balance = await issueBalance(tx, issue.id)
    const problems: Record<string, string> = {
      ...obstacles(issue, edition),
      ...(await canaryProblems(tx, { issueId: issue.id, canary }, balance)),
      ...(await approvalProblems(tx, issue, content)),
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

function obstacles(issue: IssueWithBlocks, edition: CompiledEdition): Record<string, string> {
  const problems: Record<string, string> = {}
  if (issue.subject === '') problems['subject'] = 'Write a subject.'
  if (issue.from_name === '') problems['from_name'] = 'Say who sends this.'
  if (issue.from_email === '') problems['from_email'] = 'Enter the sender’s address.'
  if (issue.listIds.length === 0) problems['listIds'] = 'Choose at least one list.'
  for (const problem of edition.problems) {
    if (problem.severity !== 'error') continue
    const place = [problem.blockId ? `block:${problem.blockId}` : null, problem.field]
      .filter(Boolean)
      .join('.')
    problems[place || 'blocks'] ??= problem.message
  }
  return problems
}
