import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { type ListFields, listColumns } from './list-form.js'

/** Saves what a list's form holds; its slug stays, since mails carry it, and its former name for what was agreed to by it. Throws `NotFoundError`. */
export async function reviseList(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  listId: string,
  fields: ListFields,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const list = await tx
      .selectFrom('list')
      .select('name')
      .where('id', '=', listId)
      .where('archived_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!list) throw new NotFoundError('There is no such list.')
    if (list.name !== fields.name) await keepName(tx, { listId, name: list.name, until: clock.now() })
    await tx.updateTable('list').set(listColumns(fields)).where('id', '=', listId).execute()
  })
}

async function keepName(
  tx: Tx,
  { listId, name, until }: { listId: string; name: string; until: Date },
): Promise<void> {
  await tx
    .insertInto('list_former_name')
    .values({ list_id: listId, name, until })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
