import type { Context } from '../context.js'
import { ConflictError } from '../errors.js'
import { newsItem } from './news-item.js'
import { newsItemColumns } from './news-item-columns.js'
import type { NewsItemInput } from './news-item-form.js'
import type { NewsStatus } from './news-status.js'

/** What a partner may still change: what waits, and what was rejected, which is then proposed again. */
export const OPEN_TO_PARTNERS: readonly NewsStatus[] = ['proposed', 'rejected']

/**
 * Saves a partner's proposal of its own region if it is still at `version` and not accepted; a rejected one is proposed again.
 * Throws `ConflictError` otherwise, `NotFoundError` when the region has no such news item.
 */
export async function reviseProposal(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  target: { id: string; version: number; region: string },
  input: NewsItemInput,
): Promise<void> {
  const saved = await db
    .updateTable('news_item')
    .set((eb) => ({
      ...newsItemColumns({ ...input, region: target.region }),
      status: 'proposed',
      version: eb('version', '+', 1),
      updated_at: clock.now(),
    }))
    .where('id', '=', target.id)
    .where('region', '=', target.region)
    .where('version', '=', target.version)
    .where('archived_at', 'is', null)
    .where('status', 'in', [...OPEN_TO_PARTNERS])
    .executeTakeFirst()
  if (saved.numUpdatedRows === 1n) return
  const { status } = await newsItem({ db }, target.id, target.region)
  throw new ConflictError(
    OPEN_TO_PARTNERS.includes(status)
      ? 'Somebody else has saved this news item since you opened it.'
      : 'The office has accepted this news item; only the office changes it now.',
  )
}
