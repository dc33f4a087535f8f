import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { checkedFields, filledFields } from './subscriber-fields.js'

export type Revision = {
  fields: Readonly<Record<string, string>>
  /** As a BCP 47 tag; null: nobody knows. */
  language: string | null
  /** Null: nobody knows; left out, it stays as it was. */
  timeZone?: string | null
}

/** Saves what is known of a subscriber besides the address; an empty value forgets the field. Throws `InvalidError` or `NotFoundError`. */
export async function reviseSubscriber(
  { db }: Pick<Context, 'db'>,
  subscriberId: string,
  { fields, language, timeZone }: Revision,
): Promise<void> {
  const checked = await checkedFields(db, fields)
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('subscriber')
      .select('fields')
      .where('id', '=', subscriberId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new NotFoundError('There is no such subscriber.')
    const merged = filledFields({ ...row.fields, ...checked })
    await tx
      .updateTable('subscriber')
      .set({
        fields: JSON.stringify(merged),
        language,
        ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      })
      .where('id', '=', subscriberId)
      .execute()
  })
}
