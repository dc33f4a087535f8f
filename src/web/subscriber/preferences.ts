import { type Request, type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import { changePreferences } from '../../audience/change-preferences.js'
import { preferences } from '../../audience/preferences.js'
import { type DeliveryIds, readDeliveryToken } from '../../audience/tokens.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { LanguageOrUnknown } from '../../rendering/languages/language-tag.js'
import { ownLanguageOptions } from '../language-options.js'
import { tickedLists } from '../ticked-lists.js'
import { consentText } from './consent-text.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>
const PreferenceForm = z.object({
  lists: tickedLists,
  // A form from before, or what is no language, leaves it as it is.
  language: LanguageOrUnknown.optional().catch(undefined),
})

/** `/p/:token`: GET shows where the person stands, POST saves what is ticked. */
export function preferenceRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/:token', (req, res) => show(ctx, req, { res }))
  router.post('/:token', urlencoded({ extended: false, limit: '10kb' }), async (req, res) => {
    const form = PreferenceForm.parse(req.body ?? {})
    const { language } = form
    const change = {
      ...idsOf(ctx, req),
      listIds: form.lists,
      ...(language === undefined ? {} : { language }),
      consentText: await consentText(ctx),
    }
    const { isAsking } = await changePreferences(ctx, change)
    await show(ctx, req, { res, isSaved: true, isAsking })
  })
  router.use(subscriberErrors)
  return router
}

type Answer = { res: Response; isSaved?: boolean; isAsking?: boolean }

async function show(ctx: Needs, req: Request, { res, ...saved }: Answer): Promise<void> {
  const { maskedEmail, language, lists } = await preferences(ctx, idsOf(ctx, req))
  renderSubscriberPage(res, 'preferences', {
    title: 'Your newsletters',
    maskedEmail,
    languages: ownLanguageOptions(language),
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
