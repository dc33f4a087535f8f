import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { addSubscriber } from '../../audience/add-subscriber.js'
import { fields as fieldsInUse } from '../../audience/fields/fields.js'
import { lists } from '../../audience/lists.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { LanguageOrUnknown } from '../../rendering/languages/language-tag.js'
import { fieldValues } from '../field-values.js'
import { readForm } from '../form.js'
import { languageOptions } from '../language-options.js'
import { requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { tickedLists } from '../ticked-lists.js'
import { typedFields } from '../typed-fields.js'
import { oneSubscriberRoutes } from './subscriber.js'
import { bulkRoutes } from './subscribers/bulk.js'
import { showCounts, showSubscribers } from './subscribers/subscriber-list.js'

const NewSubscriberForm = z.object({
  email: z.string().max(1000, 'This is too long to be an e-mail address.'),
  note: z.string().max(500, 'Keep this below 500 characters.'),
  language: LanguageOrUnknown,
})

/** `/subscribers`: the search; `/subscribers/bulk` what is done to many; `/subscribers/new` adds one; `/subscribers/:id` is one person. */
export function subscriberPageRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (req, res) => showSubscribers(ctx, req, res))
  router.get('/counts', (_req, res) => showCounts(ctx, res))
  router.use('/bulk', bulkRoutes(ctx))
  router.get('/new', (_req, res) => showForm(ctx, res, { form: { listIds: [], fields: {} } }))
  router.post('/', (req, res) => add(ctx, req, res))
  router.use('/:subscriberId', oneSubscriberRoutes(ctx))
  return router
}

async function add(ctx: Context, req: Request, res: Response): Promise<void> {
  const body = (req.body ?? {}) as Record<string, unknown>
  const listIds = tickedLists.parse(body['listIds'])
  const fields = fieldValues(body)
  try {
    const { email, note, language } = readForm(NewSubscriberForm, body)
    const id = await addSubscriber(ctx, { email, note, language, listIds, fields })
    res.redirect(303, withNotice(`/subscribers/${id}`, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await showForm(ctx, res.status(422), { form: { ...body, listIds, fields }, errors: error.issues })
  }
}

type Form = { listIds: readonly string[]; fields: Record<string, string> } & Record<string, unknown>

async function showForm(
  ctx: Context,
  res: Response,
  { form, errors = {} }: { form: Form; errors?: Readonly<Record<string, string>> },
): Promise<void> {
  const [known, fields] = await Promise.all([lists(ctx), fieldsInUse(ctx)])
  renderPage(res, 'coordinator/subscribers/new', {
    title: 'Add a subscriber',
    form,
    errors,
    languages: [{ value: '', label: 'Unknown' }, ...languageOptions()],
    lists: known.map(({ id, name }) => ({ id, name, isTicked: form.listIds.includes(id) })),
    fields: typedFields(fields, { values: form.fields, errors }),
  })
}
