import { type Request, type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import { changePreferences } from '../../audience/change-preferences.js'
import { preferences } from '../../audience/preferences.js'
import { type DeliveryIds, readDeliveryToken } from '../../audience/tokens.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { tickedLists } from '../ticked-lists.js'
import { consentText } from './consent-text.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>
const PreferenceForm = z.object({ lists: tickedLists })

/** `/p/:token`: GET shows where the person stands, POST saves what is ticked. */
export function preferenceRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', (req, res) => show(ctx, req, { res }))
  router.post('/:token', urlencoded({ extended: false, limit: '10kb' }), async (req, res) => {
    const form = PreferenceForm.parse(req.body ?? {})
    const change = { ...idsOf(ctx, req), listIds: form.lists, consentText: await consentText(ctx) }
    const { isAsking } = await changePreferences(ctx, change)
    await show(ctx, req, { res, isSaved: true, isAsking })
  })
  router.use(subscriberErrors)
  return router
}

type Answer = { res: Response; isSaved?: boolean; isAsking?: boolean }

async function show(ctx: Needs, req: Request, { res, ...saved }: Answer): Promise<void> {
  const { maskedEmail, lists } = await preferences(ctx, idsOf(ctx, req))
  renderSubscriberPage(res, 'preferences', {
    title: 'Your newsletters',
    maskedEmail,
    ...saved,
    consentText: await consentText(ctx),
    lists: lists.map((list) => ({
      ...list,
      isOn: list.status === 'confirmed' || list.status === 'pending',
      isPending: list.status === 'pending',
    })),
  })
}

function idsOf({ keys }: Needs, req: Request): DeliveryIds {
  const ids = readDeliveryToken(keys, 'prefs', String(req.params['token']))
  if (!ids) throw new NotFoundError('This link is not one of ours.')
  return ids
}
