import type { Context } from '../context.js'

/** Ends an issue once nobody is pending or being sent to; changes nothing before that, and nothing twice. */
export async function finishIssue(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  issueId: string,
): Promise<void> {
  await db
    .updateTable('issue')
    .set({ status: 'sent', finished_at: clock.now() })
    .where('id', '=', issueId)
    .where('status', '=', 'sending')
    .where('fanned_out_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.issue_id', '=', 'issue.id')
            .where('delivery.status', 'in', ['pending', 'sending']),
        ),
      ),
    )
    .execute()
}
