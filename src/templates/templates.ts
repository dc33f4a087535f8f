import type { DatabaseOrTx } from '../../db/database.js'
import type { Template } from '../../db/tables/template.js'
import { NotFoundError } from '../errors.js'

type Needs = { db: DatabaseOrTx }
export type ListedTemplate = Omit<Template, 'source'> & { editor: string | null; uses: number }

/** One template; throws `NotFoundError`. */
export async function template({ db }: Needs, id: string): Promise<Template> {
  const found = await db.selectFrom('template').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such template.')
  return found
}

/** Every template with the number of issues that name it, those changed last first, those archived at the end. */
export async function templates({ db }: Needs): Promise<ListedTemplate[]> {
  const rows = await db
    .selectFrom('template')
    .leftJoin('account', 'account.id', 'template.updated_by')
    .select([
      ...(['template.id', 'template.name', 'format', 'base', 'version', 'created_by'] as const),
      ...([
        'template.created_at',
        'updated_by',
        'updated_at',
        'archived_at',
        'account.name as editor',
      ] as const),
    ])
    .select(({ selectFrom, fn, ref, cast }) =>
      selectFrom('issue')
        .select(fn.countAll<string>().as('uses'))
        .where('design', '=', cast<string>(ref('template.id'), 'text'))
        .as('uses'),
    )
    .orderBy('archived_at', (order) => order.desc().nullsFirst())
    .orderBy('updated_at', 'desc')
    .orderBy('template.id')
    .execute()
  return rows.map((row) => ({ ...row, uses: Number(row.uses) }))
}
