import { sql } from 'kysely'
import type { Tx } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'
import type { Context } from '../../context.js'
import { InvalidError, NotFoundError } from '../../errors.js'
import { parseFieldValue } from '../field-value.js'
import { type FieldDetails, fieldColumns } from './field-form.js'

const PEOPLE_AT_ONCE = 5000

/**
 * Saves what a field is. Another type or other choices are taken only when every value that is stored fits, which is then kept as the
 * new type keeps it. Throws `InvalidError` that says how many do not fit, `NotFoundError`.
 */
export async function reviseField(
  { db }: Pick<Context, 'db'>,
  key: string,
  details: FieldDetails,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('field')
      .selectAll()
      .where('key', '=', key)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new NotFoundError('There is no such field.')
    if (holdsOther(before, details)) await refit(tx, key, details)
    await tx.updateTable('field').set(fieldColumns(details)).where('key', '=', key).execute()
  })
}

function holdsOther(before: Field, { type, choices }: FieldDetails): boolean {
  return before.type !== type || before.choices.join('\n') !== choices.join('\n')
}

async function refit(tx: Tx, key: string, details: FieldDetails): Promise<void> {
  let misfits = 0
  for (let after: string | null = null; ; ) {
    const people = await valuesAfter(tx, key, after)
    const changed = people.flatMap(({ id, value }) => {
      const read = parseFieldValue(details, value)
      if ('problem' in read) misfits++
      return 'value' in read && read.value !== value ? [{ id, value: read.value }] : []
    })
    if (misfits === 0 && changed.length > 0) await replaceValues(tx, key, changed)
    after = people.at(-1)?.id ?? null
    if (people.length < PEOPLE_AT_ONCE) break
  }
  if (misfits === 0) return
  const [who, fit] =
    misfits === 1 ? ['1 person has', 'does'] : [`${misfits.toLocaleString('en-GB')} people have`, 'do']
  const part = details.type === 'choice' ? 'choices' : 'type'
  throw new InvalidError({
    [part]: `${who} something in this field that ${fit} not fit. Nothing is changed.`,
  })
}

function valuesAfter(tx: Tx, key: string, after: string | null) {
  return tx
    .selectFrom('subscriber')
    .select(['id', sql<string>`fields ->> ${key}::text`.as('value')])
    .where(sql<boolean>`fields ? ${key}::text`)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(PEOPLE_AT_ONCE)
    .execute()
}

async function replaceValues(tx: Tx, key: string, changed: { id: string; value: string }[]): Promise<void> {
  const ids = changed.map(({ id }) => id)
  const values = changed.map(({ value }) => value)
  await sql`update subscriber s set fields = jsonb_set(s.fields, array[${key}::text], to_jsonb(n.value))
    from unnest(${ids}::uuid[], ${values}::text[]) as n (id, value) where s.id = n.id`.execute(tx)
}
