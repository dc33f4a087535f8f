import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { addSubscriber } from '../../audience/add-subscriber.js'
import { fields as fieldsInUse } from '../../audience/fields/fields.js'
import { lists } from '../../audience/lists.js'
import { searchSubscribers } from '../../audience/search-subscribers.js'
import { subscriberCounts } from '../../audience/subscriber-counts.js'
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

const Filter = z.object({
  q: z.string().max(254).catch(''),
  list: z.uuid().optional().catch(undefined),
  status: z.enum(['pending', 'confirmed', 'unsubscribed']).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
})
const NewSubscriberForm = z.object({
  email: z.string().max(1000, 'This is too long to be an e-mail address.'),
  note: z.string().max(500, 'Keep this below 500 characters.'),
  language: LanguageOrUnknown,
})

/** `/subscribers`: search and counts; `/subscribers/new` adds one; `/subscribers/:id` is one person. */
export function subscriberPageRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (req, res) => list(ctx, req, res))
  router.get('/new', (_req, res) => showForm(ctx, res, { form: { listIds: [], fields: {} } }))
  router.post('/', (req, res) => add(ctx, req, res))
  router.use('/:subscriberId', oneSubscriberRoutes(ctx))
  return router
}

async function list(ctx: Context, req: Request, res: Response): Promise<void> {
  const { q, list: listId, status, after } = Filter.parse(req.query)
  const filter = {
    search: q,
    ...(listId ? { listId } : {}),
    ...(status ? { status } : {}),
    ...(after ? { after } : {}),
  }
  const [{ subscribers, next }, counts, known] = await Promise.all([
    searchSubscribers(ctx, filter),
    subscriberCounts(ctx),
    lists(ctx),
  ])
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(listId ? { list: listId } : {}) })
  if (status) query.set('status', status)
  if (next) query.set('after', next)
  renderPage(res, 'coordinator/subscribers/list', {
    title: 'Subscribers',
    filter: { q, list: listId ?? '', status: status ?? '' },
    isFiltered: Boolean(q || listId || status || after),
    subscribers: subscribers.map((person) => ({
      ...person,
      name: [person.fields['FIRSTNAME'], person.fields['LASTNAME']].filter(Boolean).join(' '),
    })),
    nextPath: next ? `/subscribers?${query}` : null,
    counts,
    listOptions: [
      { value: '', label: 'All lists' },
      ...known.map(({ id, name }) => ({ value: id, label: name })),
    ],
    statusOptions: STATUS_OPTIONS,
  })
}

const STATUS_OPTIONS = [
  { value: '', label: 'Any' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'pending', label: 'Not yet confirmed' },
  { value: 'unsubscribed', label: 'Unsubscribed' },
]

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
