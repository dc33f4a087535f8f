import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import type { Form } from '../../../db/tables/form.js'
import { NotFoundError } from '../../errors.js'
import { DEFAULT_FORM, findForm, type OpenForm } from './find-form.js'

/** Every form, the general one first, the closed ones last, with how many people joined by it. */
export async function forms({ db }: { db: DatabaseOrTx }): Promise<(Form & { joined: number })[]> {
  return db
    .selectFrom('form')
    .selectAll('form')
    .select((eb) =>
      eb
        .selectFrom('consent_event')
        .whereRef('consent_event.form_id', '=', 'form.id')
        .where('kind', '=', 'confirmed')
        .select(({ fn }) => fn.count<number>('subscriber_id').distinct().as('joined'))
        .as('joined'),
    )
    .orderBy(sql`closed_at is not null`)
    .orderBy(sql`slug <> ${DEFAULT_FORM}`)
    .orderBy('name')
    .$narrowType<{ joined: number }>()
    .execute()
}

/** One form by its id, as it stands. Throws `NotFoundError`. */
export async function formById({ db }: { db: DatabaseOrTx }, id: string): Promise<OpenForm> {
  const form = await db.selectFrom('form').select('slug').where('id', '=', id).executeTakeFirst()
  if (!form) throw new NotFoundError('There is no such form.')
  return findForm({ db }, { slug: form.slug })
}
