import type { DatabaseOrTx } from '../../../db/database.js'
import type { Field } from '../../../db/tables/field.js'
import type { Form } from '../../../db/tables/form.js'
import type { List } from '../../../db/tables/list.js'
import { NotFoundError } from '../../errors.js'
import { HOUSE_COLOURS } from '../../rendering/palette.js'
import { fields as fieldsInUse } from '../fields/fields.js'
import { FormContent } from './form-content.js'

/** The form that everybody finds at `/join`; it is never closed. */
export const DEFAULT_FORM = 'join'

const NO_TEXTS = { title: '', intro: '', consent: '', button: '', success: '' }
const SLUG = /^[a-z0-9-]{1,100}$/

/** A form as it stands: its lists are those that can still be joined, its fields those still in use. Of a version that was shown before stay what readers agreed to. */
export type OpenForm = Form & {
  content: FormContent
  lists: List[]
  fields: (Field & { isRequired: boolean })[]
  /** The organisation that asks. */
  sender: string
  /** Its colours. */
  brand: { primary: string; accent: string }
}

/**
 * The form at an address as it stands. `version` is what was shown: while that is known, what people agree to is in its words and languages, and they
 * join no list that it did not name; all else is as the form asks now. Throws `NotFoundError`.
 */
export async function findForm(
  { db }: { db: DatabaseOrTx },
  { slug, version }: { slug: string; version?: number },
): Promise<OpenForm> {
  const form = SLUG.test(slug)
    ? await db.selectFrom('form').selectAll().where('slug', '=', slug).executeTakeFirst()
    : undefined
  if (!form) throw new NotFoundError('There is no such form.')
  const present = await contentOf(db, form)
  if (!present) throw new NotFoundError('There is no such form.')
  const now = await openForm(db, form, present)
  const before =
    version && version !== form.version ? await contentOf(db, { id: form.id, version }) : undefined
  return version && before ? asShown(db, now, { version, before }) : now
}

async function asShown(
  db: DatabaseOrTx,
  now: OpenForm,
  { version, before }: { version: number; before: FormContent },
): Promise<OpenForm> {
  const named = new Set((await listsOf(db, before)).map(({ id }) => id))
  const texts = before.languages.map((language) => [
    language,
    {
      ...(now.content.texts[language] ?? NO_TEXTS),
      consent: before.texts[language]?.consent ?? '',
    },
  ])
  const content = {
    ...now.content,
    languages: before.languages,
    texts: Object.fromEntries(texts),
    consents: before.consents,
    // Who chose then does not join everything now.
    offersChoice: now.content.offersChoice || before.offersChoice,
  }
  return { ...now, version, content, lists: now.lists.filter(({ id }) => named.has(id)) }
}

/** A form with what it names looked up. */
export async function openForm(db: DatabaseOrTx, form: Form, content: FormContent): Promise<OpenForm> {
  const [lists, fields, sender] = await Promise.all([
    listsOf(db, content),
    fieldsInUse({ db }),
    db
      .selectFrom('organisation')
      .select(['name', 'primary_colour', 'accent_colour'])
      .where('id', '=', 1)
      .executeTakeFirst(),
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
    brand: {
      primary: sender?.primary_colour ?? HOUSE_COLOURS.primary,
      accent: sender?.accent_colour ?? HOUSE_COLOURS.accent,
    },
  }
}

async function contentOf(
  db: DatabaseOrTx,
  { id, version }: Pick<Form, 'id' | 'version'>,
): Promise<FormContent | undefined> {
  const found = await db
    .selectFrom('form_version')
    .select('content')
    .where('form_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return found && FormContent.parse(found.content)
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
