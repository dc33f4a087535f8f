import type { DatabaseOrTx } from '../../../../db/database.js'
import type { BackgroundCheck } from '../../../../db/tables/background-check.js'
import type { Context } from '../../../context.js'
import type { Wanted } from './wanted.js'

/** Not even an issue that is kept as a draft for long needs what was found out so long ago. */
const KEPT_DAYS = 60
const DAY_MS = 24 * 3_600_000

/** What is remembered of what is wanted, however old. */
export async function remembered(db: DatabaseOrTx, wanted: readonly Wanted[]): Promise<BackgroundCheck[]> {
  if (wanted.length === 0) return []
  const kinds = [...new Set(wanted.map(({ kind }) => kind))]
  return db
    .selectFrom('background_check')
    .selectAll()
    .where((eb) =>
      eb.or(
        kinds.map((kind) =>
          eb.and([
            eb('kind', '=', kind),
            eb(
              'subject',
              'in',
              wanted.filter((one) => one.kind === kind).map(({ subject }) => subject),
            ),
          ]),
        ),
      ),
    )
    .execute()
}

/** Remembers what was found out, in the place of what was known before. */
export async function remember(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { kind, subject, fingerprint }: Wanted,
  found: object,
): Promise<void> {
  const row = { fingerprint, facts: JSON.stringify(found), checked_at: clock.now() }
  await db
    .insertInto('background_check')
    .values({ kind, subject, ...row })
    .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(row))
    .execute()
}

/** Forgets what was found out long ago. */
export async function forgetOldChecks({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const oldest = new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS)
  await db.deleteFrom('background_check').where('checked_at', '<', oldest).execute()
}
