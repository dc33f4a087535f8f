import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { archiveField } from '../../audience/fields/archive-field.js'
import { createField } from '../../audience/fields/create-field.js'
import { FieldForm, type FieldInput, fieldInput } from '../../audience/fields/field-form.js'
import { fieldOf, fields } from '../../audience/fields/fields.js'
import { moveField } from '../../audience/fields/move-field.js'
import { reviseField } from '../../audience/fields/revise-field.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { languageName } from '../../rendering/languages/language-tag.js'
import { LANGUAGES } from '../../rendering/messages/language.js'
import { SHIPPED_FIELDS } from '../../rendering/messages/shipped-fields.js'
import { readForm } from '../form.js'
import { requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { settingTabs } from './setting-tabs.js'

type Needs = Pick<Context, 'db' | 'clock'>
/** A form as it is shown: `key` null for a new field. */
type Form = Partial<FieldInput> & { key?: string }
type Shown = { key: string | null; form: Form; errors?: Readonly<Record<string, string>> }

const PATH = '/settings/fields'
const NEW: Shown = { key: null, form: { key: '', label: '', type: 'text', choices: '', isOnForms: true } }
const Moving = z.object({ direction: z.enum(['up', 'down']) })
const TYPES = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'yes-no', label: 'Yes or no' },
  { value: 'choice', label: 'One of several choices' },
]

/** `/settings/fields`: what is known of subscribers; `…/:key` changes a field, `…/move`, `…/archive` and `…/restoration` do what they say. */
export function fieldSettingRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => show(ctx, res, NEW))
  router.post('/', async (req, res) => {
    const form = formOf(req)
    await refusing(ctx, res, { key: null, form }, async () => {
      await createField(ctx, { ...form, key: String(form['key'] ?? '') })
    })
  })
  router.get('/:key', async (req, res) => {
    const field = await fieldOf(ctx, req.params.key)
    await show(ctx, res, { key: field.key, form: fieldInput(field) })
  })
  router.post('/:key', async (req, res) => {
    const { key } = await fieldOf(ctx, req.params.key)
    const form = formOf(req)
    await refusing(ctx, res, { key, form }, () => reviseField(ctx, key, readForm(FieldForm, form)))
  })
  router.post('/:key/move', async (req, res) => {
    await moveField(ctx, { key: req.params.key, ...readForm(Moving, req.body) })
    res.redirect(303, `${PATH}#field-${req.params.key}`)
  })
  router.post('/:key/archive', async (req, res) => {
    await archiveField(ctx, { key: req.params.key, isArchived: true })
    res.redirect(303, withNotice(PATH, 'field-archived'))
  })
  router.post('/:key/restoration', async (req, res) => {
    await archiveField(ctx, { key: req.params.key, isArchived: false })
    res.redirect(303, withNotice(PATH, 'done'))
  })
  return router
}

function formOf(req: Request) {
  const body = z.record(z.string(), z.unknown()).parse(req.body ?? {})
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '')
  return {
    key: text('key'),
    label: text('label'),
    type: text('type') as 'text',
    choices: text('choices'),
    isOnForms: body['isOnForms'] === 'on',
    words: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        { label: text(`${language}:label`), choices: text(`${language}:choices`) },
      ]),
    ),
  }
}

async function refusing(ctx: Needs, res: Response, shown: Shown, act: () => Promise<void>): Promise<void> {
  try {
    await act()
    res.redirect(303, withNotice(PATH, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, res.status(422), { ...shown, errors: error.issues })
  }
}

async function show(ctx: Needs, res: Response, { key, form, errors = {} }: Shown): Promise<void> {
  const known = await fields(ctx, { isArchiveShown: true })
  const inUse = known.filter((field) => field.archived_at === null)
  const view = (field: (typeof known)[number]) => ({
    ...field,
    typeLabel: TYPES.find(({ value }) => value === field.type)?.label,
    isFirst: field === inUse[0],
    isLast: field === inUse.at(-1),
  })
  renderPage(res, 'coordinator/settings/fields', {
    title: 'Fields',
    fields: inUse.map(view),
    archived: known.filter((field) => field.archived_at !== null).map(view),
    types: TYPES,
    fieldKey: key,
    translations: LANGUAGES.map((tag) => ({
      ...{ tag, name: languageName(tag) },
      ...form.words?.[tag],
      usual: key && SHIPPED_FIELDS[key]?.[tag],
    })),
    form,
    errors,
    tabs: settingTabs(res, PATH),
  })
}
