import { sql } from 'kysely'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { InvalidError, NotFoundError } from '../../errors.js'
import { nextDigest } from './digest-days.js'
import type { DigestInput } from './digest-form.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Makes a digest, or changes the one with this id, and reckons its next date anew unless it rests; returns its id. Throws `InvalidError` or `NotFoundError`. */
export async function saveDigest(
  { db, clock }: Needs,
  { rule, ...input }: DigestInput,
  { id, by }: { id: string | null; by: string | null },
): Promise<string> {
  const now = clock.now()
  const issue = await db.selectFrom('issue').select('id').where('id', '=', input.issue_id).executeTakeFirst()
  if (!issue) throw new InvalidError({ issue_id: 'This issue is gone. Choose another one.' })
  const next_at = nextDigest({ rule, ...input }, now)?.at ?? null
  const values = { ...input, rule: JSON.stringify(rule) }
  if (!id) {
    const made = newId(now)
    await db
      .insertInto('digest')
      .values({ id: made, ...values, next_at, to_send_id: null, created_by: by, created_at: now })
      .execute()
    return made
  }
  const changed = await db
    .updateTable('digest')
    // One that rests goes on resting; one whose issue was gone begins again.
    .set({
      ...values,
      next_at: sql<Date | null>`case when next_at is not null or issue_id is null then ${next_at}::timestamptz end`,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new NotFoundError('There is no such plan.')
  return id
}

/** Lets a digest rest, or begin again with its next date. Throws `NotFoundError`. */
export async function restDigest(
  { db, clock }: Needs,
  { id, rests }: { id: string; rests: boolean },
): Promise<void> {
  const digest = await db.selectFrom('digest').selectAll().where('id', '=', id).executeTakeFirst()
  if (!digest) throw new NotFoundError('There is no such plan.')
  const next_at = rests ? null : (nextDigest(digest, clock.now())?.at ?? null)
  await db.updateTable('digest').set({ next_at }).where('id', '=', id).execute()
}

/** Ends a digest for good; the issues that it made stay. */
export async function removeDigest({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  await db.deleteFrom('digest').where('id', '=', id).execute()
}
