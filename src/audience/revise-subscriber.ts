import type { Subscriber } from '../../db/tables/subscriber.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
import { checkedFields, filledFields } from './subscriber-fields.js'

export type Revision = {
  fields: Readonly<Record<string, string>>
  /** As a BCP 47 tag; null: nobody knows. */
  language: string | null
  /** Null: nobody knows; left out, it stays as it was. */
  timeZone?: string | null
  by: string | null
}

/**
 * Saves what is known of a subscriber besides the address; an empty value forgets the field. The audit says what was changed, never from what
 * to what. Throws `InvalidError` or `NotFoundError`.
 */
export async function reviseSubscriber(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  subscriberId: string,
  { fields, language, timeZone, by }: Revision,
): Promise<void> {
  const checked = await checkedFields(db, fields)
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('subscriber')
      .select(['fields', 'language', 'time_zone'])
      .where('id', '=', subscriberId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new NotFoundError('There is no such subscriber.')
    const revised = {
      fields: filledFields({ ...row.fields, ...checked }),
      language,
      time_zone: timeZone === undefined ? row.time_zone : timeZone,
    }
    const detail = whatChanged(row, revised).join(', ')
    if (detail === '') return
    await tx
      .updateTable('subscriber')
      .set({ ...revised, fields: JSON.stringify(revised.fields) })
      .where('id', '=', subscriberId)
      .execute()
    const audit = { action: 'revise-subscriber', subjectIds: [subscriberId], detail, by }
    await recordAudit(tx, { ...audit, now: clock.now() })
  })
}

type Facts = Pick<Subscriber, 'fields' | 'language' | 'time_zone'>

function whatChanged(before: Facts, after: Facts): string[] {
  const keys = Object.keys({ ...before.fields, ...after.fields }).sort()
  return [
    ...keys.filter((key) => (before.fields[key] ?? '') !== (after.fields[key] ?? '')),
    ...(before.language === after.language ? [] : ['language']),
    ...(before.time_zone === after.time_zone ? [] : ['time zone']),
  ]
}
