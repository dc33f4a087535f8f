import type { Canary } from '../../db/tables/issue.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { compileEdition } from '../rendering/compile-edition.js'
import type { Problem } from '../rendering/issue-content.js'
import { issueBalance } from './balance.js'
import { canaryProblems } from './canary.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { editionProblems } from './edition-problems.js'
import { type IssueWithBlocks, issueWithBlocks } from './issue.js'
import { issueEditions } from './issue-editions.js'

type Needs = Pick<Context, 'db' | 'clock'>

// A form filled in at 9:00 for 9:00 arrives a little late and still means now.
const LATENESS_ALLOWED_MS = 60_000

/** A draft as somebody saw it, and who gets it first; left out, that stays as it was. */
export type Scheduling = DraftVersion & { canary?: Canary | null }

/**
 * Schedules a draft (`sendAt` null: at once), freezing its editions and its balance. Throws `InvalidError` with what has
 * to be mended first, by field, or `ConflictError` when the draft has changed.
 */
export async function scheduleIssue(ctx: Needs, draft: Scheduling, sendAt: Date | null): Promise<void> {
  const now = ctx.clock.now()
  const issue = await issueWithBlocks(ctx, draft.issueId)
  const canary = draft.canary === undefined ? issue.canary : draft.canary
  const { main, order, contentIn } = await issueEditions(ctx, { ...issue, send_at: sendAt }, now)
  const languages = [main, ...order.filter((language) => language !== main)]
  const editions = await Promise.all(languages.map((language) => compileEdition(contentIn(language))))
  await changeDraft(ctx, draft, async (tx) => {
    const balance = await issueBalance(tx, issue.id)
    const problems: Record<string, string> = {
      ...obstacles(issue, editionProblems(editions)),
      ...(await canaryProblems(tx, { issueId: issue.id, canary }, balance)),
    }
    if (sendAt && sendAt.getTime() < now.getTime() - LATENESS_ALLOWED_MS)
      problems['sendAt'] = 'This time has passed.'
    if (issue.listIds.length > 0 && balance.recipients === 0)
      problems['listIds'] = 'Nobody on these lists would get it.'
    if (Object.keys(problems).length > 0) throw new InvalidError(problems)
    await tx.deleteFrom('edition').where('issue_id', '=', issue.id).execute()
    const frozen = editions.map((edition) => ({
      id: newId(now),
      issue_id: issue.id,
      language: edition.language,
      compiled: JSON.stringify(edition),
      frozen_at: now,
    }))
    await tx.insertInto('edition').values(frozen).execute()
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

function obstacles(issue: IssueWithBlocks, found: readonly Problem[]): Record<string, string> {
  const problems: Record<string, string> = {}
  if (issue.subject === '') problems['subject'] = 'Write a subject.'
  if (issue.from_name === '') problems['from_name'] = 'Say who sends this.'
  if (issue.from_email === '') problems['from_email'] = 'Enter the sender’s address.'
  if (issue.listIds.length === 0) problems['listIds'] = 'Choose at least one list.'
  for (const problem of found) {
    if (problem.severity !== 'error') continue
    const place = [problem.blockId ? `block:${problem.blockId}` : null, problem.field]
      .filter(Boolean)
      .join('.')
    problems[place || 'blocks'] ??= problem.message
  }
  return problems
}
