import type { DatabaseOrTx } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'
import type { Form } from '../../../db/tables/form.js'
import type { List } from '../../../db/tables/list.js'
import { NotFoundError } from '../../errors.js'
import { fields as fieldsInUse } from '../fields/fields.js'
import { FormContent } from './form-content.js'

/** The form that everybody finds at `/join`; it is never closed. */
export const DEFAULT_FORM = 'join'

const SLUG = /^[a-z0-9-]{1,100}$/

/** A form as it stands, or as one of its versions stood: its lists are those that can still be joined, its fields those still in use. */
export type OpenForm = Form & {
  content: FormContent
  lists: List[]
  fields: (Field & { isRequired: boolean })[]
  /** The organisation that asks. */
  sender: string
}

/** The form at an address, in the version that was shown when that is still known, else in the present one. Throws `NotFoundError`. */
export async function findForm(
  { db }: { db: DatabaseOrTx },
  { slug, version }: { slug: string; version?: number },
): Promise<OpenForm> {
  const form = SLUG.test(slug)
    ? await db.selectFrom('form').selectAll().where('slug', '=', slug).executeTakeFirst()
    : undefined
  if (!form) throw new NotFoundError('There is no such form.')
  const shown = (version && (await contentOf(db, { ...form, version }))) || (await contentOf(db, form))
  if (!shown) throw new NotFoundError('There is no such form.')
  return openForm(db, { ...form, version: shown.version }, FormContent.parse(shown.content))
}

/** A form with what it names looked up. */
export async function openForm(db: DatabaseOrTx, form: Form, content: FormContent): Promise<OpenForm> {
  const [lists, fields, sender] = await Promise.all([
    listsOf(db, content),
    fieldsInUse({ db }),
    db.selectFrom('organisation').select('name').where('id', '=', 1).executeTakeFirst(),
  ])
  const asked = new Map(content.fields.map(({ key, isRequired }) => [key, isRequired]))
  return {
    ...form,
    content,
    lists,
    fields: fields
      .filter(({ key, is_on_forms }) => is_on_forms && asked.has(key))
      .map((field) => ({ ...field, isRequired: asked.get(field.key) === true })),
    sender: sender?.name ?? '',
  }
}

function contentOf(db: DatabaseOrTx, { id, version }: Pick<Form, 'id' | 'version'>) {
  return db
    .selectFrom('form_version')
    .select(['version', 'content'])
    .where('form_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
}

async function listsOf(db: DatabaseOrTx, { listIds }: FormContent): Promise<List[]> {
  return db
    .selectFrom('list')
    .selectAll()
    .where('archived_at', 'is', null)
    .where((eb) =>
      listIds === null ? eb('is_public', '=', true) : eb('id', '=', eb.fn.any(eb.val(listIds))),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
}
