import { type Request, type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import { parseAddress } from '../../audience/address.js'
import { changePreferences } from '../../audience/change-preferences.js'
import { suggestAddress } from '../../audience/forms/suggest-address.js'
import { askForLink } from '../../audience/mails/ask-for-link.js'
import { openPreferenceLink } from '../../audience/preference-link.js'
import { preferences } from '../../audience/preferences.js'
import { requestAddressChange } from '../../audience/request-address-change.js'
import { endSnooze, SNOOZE_WEEKS, snoozeSubscriber } from '../../audience/snooze-subscriber.js'
import type { DeliveryIds } from '../../audience/tokens.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { LanguageOrUnknown } from '../../rendering/languages/language-tag.js'
import { fillMessage, type Language } from '../../rendering/messages/language.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { fieldValues } from '../field-values.js'
import { pageLanguage } from '../page-language.js'
import { tickedLists } from '../ticked-lists.js'
import { consentText, senderName } from './consent-text.js'
import { preferencesView, type Typed } from './preferences-view.js'
import {
  READER_BODY_MAX,
  renderSubscriberPage,
  subscriberErrors,
  subscriberHeaders,
} from './subscriber-page.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>
const PreferenceForm = z.object({
  // Each list that the page shows says that it was there: a box that is not ticked is not sent.
  shown: tickedLists,
  lists: tickedLists,
  // A form from before, or what is no language, leaves it as it is.
  language: LanguageOrUnknown.optional().catch(undefined),
  // The same of the box about reading habits.
  asked: z.string().optional(),
  tracking: z.string().optional(),
})
const SnoozeForm = z.object({
  weeks: z.coerce
    .number()
    .refine((weeks) => SNOOZE_WEEKS.some((known) => known === weeks))
    .catch(4),
})
const AddressForm = z.object({
  email: z.string().max(1000).catch(''),
  // What was typed when we asked whether something else was meant.
  keeps: z.string().optional().catch(undefined),
})

/** `/p/:token`: GET shows where the person stands, POST saves what is ticked; below it a break and what people may ask for about their data. */
export function preferenceRoutes(ctx: Needs): Router {
  const router = Router()
  const form = urlencoded({ extended: false, limit: READER_BODY_MAX })
  router.use(subscriberHeaders)
  router.get('/:token', (req, res) => show(ctx, req, { res }))
  router.post('/:token', form, (req, res) => save(ctx, req, res))
  router.post('/:token/break', form, async (req, res) => {
    const { subscriberId } = await idsOf(ctx, req)
    await snoozeSubscriber(ctx, { subscriberId, ...SnoozeForm.parse(req.body ?? {}) })
    back(req, res, 'break')
  })
  router.post('/:token/break/end', form, async (req, res) => {
    await endSnooze(ctx, await idsOf(ctx, req))
    back(req, res, 'break-ended')
  })
  for (const kind of ['download', 'erase'] as const)
    router.post(`/:token/${kind}`, form, async (req, res) => {
      const ids = await idsOf(ctx, req)
      const language = await languageOf(ctx, req, ids)
      const { isWaiting } = await askForLink(ctx, { subscriberId: ids.subscriberId, kind, language })
      back(req, res, isWaiting ? 'waits' : 'link')
    })
  router.post('/:token/address', form, (req, res) => askForAddress(ctx, req, res))
  router.use(subscriberErrors)
  return router
}

async function askForAddress(ctx: Needs, req: Request, res: Response): Promise<void> {
  const ids = await idsOf(ctx, req)
  const language = await languageOf(ctx, req, ids)
  const { email, keeps } = AddressForm.parse(req.body ?? {})
  const address = parseAddress(email)
  const suggestion = 'problem' in address || keeps === email ? null : suggestAddress(address)
  if (suggestion) return show(ctx, req, { res: res.status(422), typed: { email, suggestion } })
  try {
    const { isTooOften } = await requestAddressChange(ctx, {
      subscriberId: ids.subscriberId,
      email,
      language,
    })
    back(req, res, isTooOften ? 'too-often' : 'new-link')
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, req, { res: res.status(422), typed: { email }, errors: error.issues })
  }
}

async function save(ctx: Needs, req: Request, res: Response): Promise<void> {
  const body = (req.body ?? {}) as Record<string, unknown>
  const { lists, shown, language, asked, tracking } = PreferenceForm.parse(body)
  const ids = await idsOf(ctx, req)
  const shownIn = await languageOf(ctx, req, ids)
  if (body['form'] !== 'preferences') return refuse(res, shownIn)
  const text = await trackingText(ctx, shownIn)
  const fields = fieldValues(body)
  try {
    const { isAsking } = await changePreferences(ctx, {
      ...ids,
      listIds: lists,
      shownIds: shown,
      fields,
      ...(language === undefined ? {} : { language }),
      ...(asked === 'tracking' ? { tracking: { isAllowed: tracking === 'yes', text } } : {}),
      consentText: await consentText(ctx, shownIn),
      consentLanguage: shownIn,
    })
    await show(ctx, req, { res, isSaved: true, isAsking })
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    const typed = { lists, language, fields, isTracked: tracking === 'yes' }
    await show(ctx, req, { res: res.status(422), typed, errors: error.issues })
  }
}

type Answer = {
  res: Response
  isSaved?: boolean
  isAsking?: boolean
  typed?: Typed
  errors?: Readonly<Record<string, string>>
}

async function show(
  ctx: Needs,
  req: Request,
  { res, typed = {}, errors = {}, ...saved }: Answer,
): Promise<void> {
  const standing = await preferences({ ...ctx, now: ctx.clock.now() }, await idsOf(ctx, req))
  const language = pageLanguage(req, standing.language, ...standing.lists.map((list) => list.language))
  renderSubscriberPage(res, 'preferences', {
    language,
    title: messagesFor(language).preferences.title,
    path: `/p/${req.params['token']}`,
    said: { [String(req.query['said'] ?? '')]: true },
    ...saved,
    consentText: await consentText(ctx, language),
    trackingText: await trackingText(ctx, language),
    ...preferencesView(standing, { language, typed, errors, now: ctx.clock.now() }),
  })
}

/** For a body that could not be read, or was cut: taking it for boxes that were unticked would unsubscribe somebody. */
function refuse(res: Response, language: Language): void {
  const { pages } = messagesFor(language)
  renderSubscriberPage(res.status(400), 'refused', { language, title: pages.conflictTitle })
}

async function languageOf(ctx: Needs, req: Request, ids: DeliveryIds) {
  const { language, lists } = await preferences({ ...ctx, now: ctx.clock.now() }, ids)
  return pageLanguage(req, language, ...lists.map((list) => list.language))
}

async function trackingText(ctx: Needs, language: Language): Promise<string> {
  const organisation = await senderName(ctx, language)
  return fillMessage(messagesFor(language).preferences.trackingText, { organisation })
}

function back(req: Request, res: Response, said: string): void {
  const chosen = req.query['lang'] ? `&lang=${pageLanguage(req)}` : ''
  res.redirect(303, `/p/${req.params['token']}?said=${said}${chosen}`)
}

function idsOf(ctx: Needs, req: Request): Promise<DeliveryIds> {
  return openPreferenceLink(ctx, String(req.params['token']))
}
