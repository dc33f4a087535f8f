import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../../../db/database.js'
import { newId } from '../../../db/uuid.js'
import type { Context } from '../../context.js'
import { InvalidError, NotFoundError, sentences } from '../../errors.js'
import { FORM_WORDS } from '../../rendering/messages/forms.js'
import { slugOf } from '../slug-of.js'
import { DEFAULT_FORM } from './find-form.js'
import { FormContent, type FormInput } from './form-content.js'

export type FormDraft = { name: string; content: FormInput }
type Saving = { id: string | null; draft: FormDraft; by: string | null }

const NAME_MAX = 200

/**
 * Makes a form (`id` null) or saves one, and returns its id. Whatever readers see is kept as a new version, when it has changed; the slug
 * stays as it was made from the first name, since other sites carry it. Throws `InvalidError`, `NotFoundError`.
 */
export async function saveForm(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, draft, by }: Saving,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const before = id === null ? null : await lockForm(tx, id)
    const checked = await checkedContent(tx, { draft, isDefault: before?.slug === DEFAULT_FORM })
    const content = { ...checked, consents: await usualConsents(tx, checked) }
    const name = draft.name.trim()
    const now = clock.now()
    const formId = before?.id ?? newId(now)
    if (before === null) await addForm(tx, { id: formId, name, now })
    else await tx.updateTable('form').set({ name }).where('id', '=', formId).execute()
    const shown = before && FormContent.parse(before.content)
    if (shown && isDeepStrictEqual(plain(shown), plain(content))) return formId
    const version = (before?.version ?? 0) + 1
    await addVersion(tx, { id: formId, version, content, by, now })
    return formId
  })
}

async function lockForm(tx: Tx, id: string) {
  const form = await tx.selectFrom('form').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!form) throw new NotFoundError('There is no such form.')
  const { content } = await tx
    .selectFrom('form_version')
    .select('content')
    .where('form_id', '=', id)
    .where('version', '=', form.version)
    .executeTakeFirstOrThrow()
  return { ...form, content }
}

async function checkedContent(
  tx: Tx,
  { draft, isDefault }: { draft: FormDraft; isDefault: boolean },
): Promise<FormContent> {
  const parsed = FormContent.safeParse(draft.content)
  const issues: Record<string, string> = parsed.success ? {} : sentences(parsed.error)
  if (draft.name.trim() === '') issues['name'] = 'Give the form a name.'
  if (draft.name.length > NAME_MAX) issues['name'] = `Keep the name below ${NAME_MAX} characters.`
  if (parsed.success) {
    const { listIds } = parsed.data
    if (listIds === null && !isDefault) issues['listIds'] = 'Choose the lists.'
    if (listIds?.length === 0) issues['listIds'] = 'Choose at least one list.'
    if (listIds && listIds.length > 0 && !(await areInUse(tx, listIds)))
      issues['listIds'] = 'One of these lists is no longer in use.'
  }
  if (!parsed.success || Object.keys(issues).length > 0) throw new InvalidError(issues)
  return parsed.data
}

async function areInUse(tx: Tx, listIds: readonly string[]): Promise<boolean> {
  const found = await tx
    .selectFrom('list')
    .select('id')
    .where('id', 'in', listIds)
    .where('archived_at', 'is', null)
    .execute()
  return found.length === new Set(listIds).size
}

async function addForm(tx: Tx, { id, name, now }: { id: string; name: string; now: Date }): Promise<void> {
  const slug = slugOf(name, 'form')
  const row = { id, name, version: 1, created_at: now, closed_at: null }
  const added = await tx
    .insertInto('form')
    .values({ ...row, slug })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 0n)
    await tx
      .insertInto('form')
      .values({ ...row, slug: `${slug}-${id.slice(-12)}` })
      .execute()
}

/**
 * Makes a new version of every form whose usual words of consent are others now, since the organisation or the words themselves have changed: what was
 * shown before stays what its readers agreed to. Returns how many.
 */
export async function renewForms({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx.selectFrom('form').select('id').orderBy('id').forUpdate().execute()
    let renewed = 0
    for (const { id } of rows) {
      const form = await lockForm(tx, id)
      const shown = FormContent.parse(form.content)
      const content = { ...shown, consents: await usualConsents(tx, shown) }
      if (isDeepStrictEqual(plain(shown.consents), plain(content.consents))) continue
      await addVersion(tx, { id, version: form.version + 1, content, by: null, now: clock.now() })
      renewed++
    }
    return renewed
  })
}

/** The words of consent as they are now, in the languages of a form that has none of its own. */
async function usualConsents(tx: Tx, { languages, texts }: FormContent): Promise<FormContent['consents']> {
  const sender = await tx.selectFrom('organisation').select('name').where('id', '=', 1).executeTakeFirst()
  const usual = languages.filter((language) => !texts[language]?.consent)
  return Object.fromEntries(
    usual.map((language) => [language, FORM_WORDS[language].consent(sender?.name ?? '')]),
  )
}

type Version = { id: string; version: number; content: FormContent; by: string | null; now: Date }

async function addVersion(tx: Tx, { id, version, content, by, now }: Version): Promise<void> {
  await tx
    .insertInto('form_version')
    .values({ form_id: id, version, content: JSON.stringify(content), created_at: now, created_by: by })
    .execute()
  await tx.updateTable('form').set({ version }).where('id', '=', id).execute()
}

// Two readings of the same JSON, whatever the order of its names.
function plain(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content))
}
