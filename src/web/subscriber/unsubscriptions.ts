import { type ErrorRequestHandler, type Request, type Response, Router, raw, urlencoded } from 'express'
import { z } from 'zod'
import { giveLeaveReason, LEAVE_REASONS } from '../../audience/give-leave-reason.js'
import { gatherOneClicks } from '../../audience/leave-by-one-click.js'
import { opensPreferences } from '../../audience/preference-link.js'
import { type DeliveryIds, deliveryToken, readDeliveryToken } from '../../audience/tokens.js'
import { findUnsubscription, type Unsubscription, unsubscribe } from '../../audience/unsubscribe.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { fillMessage } from '../../rendering/messages/language.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import { pageLanguage } from '../page-language.js'
import { tickedLists } from '../ticked-lists.js'
import { senderName } from './consent-text.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys' | 'queues'>

/** What the button of our own page sends along; everything else that posts is a mail program's one-click (RFC 8058 §3.2). */
const PageForm = z.object({
  from: z.literal('page'),
  scope: z.enum(['these', 'all', 'never']).catch('these'),
  shown: z.string().optional(),
  lists: tickedLists,
})
type PageForm = z.infer<typeof PageForm>

const ReasonForm = z.object({ reason: z.enum(LEAVE_REASONS).catch('other'), note: z.string().catch('') })

// The body carries nothing that the token does not say, so one that cannot be read must not stop anybody from leaving.
const ignoreUnreadableBody: ErrorRequestHandler = (_error, _req, _res, next) => next()

/** `/u/:token`: GET shows one button and changes nothing, POST unsubscribes. Mount it before body parsers, sessions and CSRF checks. */
export function unsubscriptionRoutes(ctx: Needs): Router {
  const leaveByOneClick = gatherOneClicks(ctx)
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', (req, res) => show(ctx, req, res))
  const readBody = raw({ type: () => true, limit: '10kb' })
  router.post('/:token', readBody, ignoreUnreadableBody, async (req: Request, res: Response) => {
    const ids = idsOf(ctx, req)
    const form = pageForm(req.body)
    if (form) return leaveByPage(ctx, req, { res, ids, form })
    await leaveByOneClick(ids)
    res.type('text').send('You are unsubscribed.\n')
  })
  router.post('/:token/reason', urlencoded({ extended: false, limit: '10kb' }), async (req, res) => {
    await giveLeaveReason(ctx, { ...idsOf(ctx, req), ...ReasonForm.parse(req.body ?? {}) })
    const language = pageLanguage(req)
    res.redirect(303, `/u/${req.params['token']}?said=thanks&lang=${language}`)
  })
  router.use(subscriberErrors)
  return router
}

function pageForm(body: unknown): PageForm | null {
  if (!Buffer.isBuffer(body)) return null
  const typed = new URLSearchParams(body.toString())
  const form = PageForm.safeParse({ ...Object.fromEntries(typed), lists: typed.getAll('lists') })
  return form.success ? form.data : null
}

async function show(ctx: Needs, req: Request, res: Response, isNoneTicked = false): Promise<void> {
  const ids = idsOf(ctx, req)
  const found = await findUnsubscription(ctx, ids)
  const language = languageOf(req, found)
  const { unsubscribe: words } = messagesFor(language)
  const on = found.lists.filter((list) => list.isOn)
  renderSubscriberPage(res, 'unsubscribe', {
    language,
    title: words.title,
    maskedEmail: found.maskedEmail,
    lists: on,
    hasChoice: on.length > 1,
    isOff: found.lists.length > 0 && on.length === 0,
    isThanked: req.query['said'] === 'thanks',
    isNoneTicked,
    scopes: found.maskedEmail && [
      { value: 'these', label: words.scopeThese, isChosen: true },
      { value: 'all', label: fillMessage(words.scopeAll, { organisation: await senderName(ctx, language) }) },
      { value: 'never', label: words.scopeNever },
    ],
    preferencesPath:
      found.maskedEmail &&
      (await opensPreferences(ctx, ids)) &&
      `/p/${deliveryToken(ctx.keys, 'prefs', ids)}`,
  })
}

type Left = { res: Response; ids: DeliveryIds; form: PageForm }

async function leaveByPage(ctx: Needs, req: Request, { res, ids, form }: Left): Promise<void> {
  const { scope, shown, lists } = form
  if (scope === 'these' && shown && lists.length === 0) return show(ctx, req, res.status(422), true)
  const language = languageOf(req, await findUnsubscription(ctx, ids))
  const { unsubscribe: words, leaveReasons } = messagesFor(language)
  const found = await unsubscribe(ctx, {
    ...{ ...ids, channel: 'page', scope, language },
    ...(shown ? { listIds: lists } : {}),
  })
  renderSubscriberPage(res, 'unsubscribed', {
    language,
    title: words.doneTitle,
    maskedEmail: found.maskedEmail,
    organisation: await senderName(ctx, language),
    scope,
    lists: found.lists.filter(({ isOn }) => !isOn),
    reasonPath: `/u/${req.params['token']}/reason?lang=${language}`,
    reasons: LEAVE_REASONS.map((value) => ({ value, label: leaveReasons[REASON_WORDS[value]] })),
  })
}

const REASON_WORDS = {
  'too-many': 'tooMany',
  'not-relevant': 'notRelevant',
  'never-asked': 'neverAsked',
  elsewhere: 'elsewhere',
  other: 'other',
} as const

function languageOf(req: Request, { language, lists }: Unsubscription) {
  return pageLanguage(req, language, ...lists.map((list) => list.language))
}

function idsOf({ keys }: Needs, req: Request): DeliveryIds {
  const ids = readDeliveryToken(keys, 'unsub', String(req.params['token']))
  if (!ids) throw new NotFoundError('This link is not one of ours.')
  return ids
}
