import type { DatabaseOrTx } from '../../../db/database.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import type { Periods } from './periods.js'

/** For how long anything is kept now. */
export async function retentionPeriods({ db }: { db: DatabaseOrTx }): Promise<Periods> {
  const { id: _, ...periods } = await db.selectFrom('retention').selectAll().executeTakeFirstOrThrow()
  return periods
}

/** Saves for how long anything is kept; the next purge follows. What changed is audited. */
export async function saveRetention(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  periods: Periods,
  by: string | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { id: _, ...before } = await tx
      .selectFrom('retention')
      .selectAll()
      .forUpdate()
      .executeTakeFirstOrThrow()
    const detail = (Object.keys(before) as (keyof Periods)[])
      .filter((name) => before[name] !== periods[name])
      .map((name) => `${name.replace('_', ' ')}: ${before[name]} → ${periods[name]}`)
      .join('; ')
    if (detail === '') return
    await tx.updateTable('retention').set(periods).execute()
    await recordAudit(tx, { action: 'save-retention', subjectIds: [], detail, by, now: clock.now() })
  })
}
