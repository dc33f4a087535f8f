import type { Context } from '../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../errors.js'
import { recordAudit } from '../record-audit.js'

export type VisibilityChange = {
  issueId: string
  /** Null: as its lists are, for an issue that has not begun to leave. */
  isPublic: boolean | null
  by: string | null
}

const IN_WORDS = { true: 'for everybody to read', false: 'not on the web', null: 'as its lists are' } as const

/**
 * Says whether everybody may read an issue on the web, before or after it was sent. Throws `ConflictError` for a cancelled issue,
 * `InvalidError` when one that is under way is to follow its lists.
 */
export async function changeVisibility(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { issueId, isPublic, by }: VisibilityChange,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const issue = await tx
      .selectFrom('issue')
      .select(['status', 'released_at', 'is_public'])
      .where('id', '=', issueId)
      .forUpdate()
      .executeTakeFirst()
    if (!issue) throw new NotFoundError('There is no such issue.')
    if (issue.status === 'cancelled')
      throw new ConflictError('This issue was cancelled; the web does not show it.')
    if (isPublic === null && issue.released_at)
      throw new InvalidError({ visibility: 'Choose whether everybody may read it.' })
    if (issue.is_public === isPublic) return
    await tx.updateTable('issue').set({ is_public: isPublic }).where('id', '=', issueId).execute()
    const detail = IN_WORDS[`${isPublic}`]
    const now = clock.now()
    await recordAudit(tx, { action: 'change-visibility', subjectIds: [issueId], detail, by, now })
  })
}
