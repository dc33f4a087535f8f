import type { BulkWhat } from '../../../audience/bulk/bulk-act.js'
import type { Context } from '../../../context.js'

/** What an act does, in words. */
export async function bulkWords({ db }: Pick<Context, 'db'>, what: BulkWhat): Promise<string> {
  switch (what.kind) {
    case 'add-to-list':
      return `Add to “${await listName(db, what.listId)}”`
    case 'remove-from-list':
      return `Take off “${await listName(db, what.listId)}”`
    case 'set-field':
      return what.value === '' ? `Empty ${what.key}` : `Set ${what.key} to “${what.value}”`
    case 'suppress':
      return 'Suppress addresses'
  }
}

async function listName(db: Context['db'], id: string): Promise<string> {
  const list = await db.selectFrom('list').select('name').where('id', '=', id).executeTakeFirst()
  return list?.name ?? 'a list'
}
