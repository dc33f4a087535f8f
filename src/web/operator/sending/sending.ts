import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../../context.js'
import { endWarmUp } from '../../../delivery/limits/end-warm-up.js'
import { PerHour, SendingSettingsForm, WarmUpForm } from '../../../delivery/limits/limit-forms.js'
import { limitProvider } from '../../../delivery/limits/limit-provider.js'
import { planWarmUp } from '../../../delivery/limits/plan-warm-up.js'
import { saveSendingSettings } from '../../../delivery/limits/save-sending-settings.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { wakeProvider } from '../../../operations/wake-provider.js'
import { readForm } from '../../form.js'
import { accountOf, requireDuty } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { showSending } from './sending-page.js'
import type { Typed } from './warm-up-views.js'

const PATH = '/settings/sending'
const Named = z.object({ name: z.string().max(100) })
const ProviderForm = z.object({ name: z.string().max(100), rate_per_hour: PerHour })
const Domain = z.object({ domain: z.string().max(253) })

/** `/settings/sending`, for operators: the limits over all issues, `…/providers` of mailboxes, `…/warm-ups` of sender domains. */
export function sendingRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('operate'))
  router.get('/', (_req, res) => showSending(ctx, res))
  router.post(
    '/',
    saving(ctx, 'settings', (req, by) =>
      saveSendingSettings(ctx, readForm(SendingSettingsForm, req.body), by),
    ),
  )
  router.post(
    '/providers',
    saving(ctx, 'provider', (req, by) => {
      const { name, rate_per_hour: ratePerHour } = readForm(ProviderForm, req.body)
      return limitProvider(ctx, { name, ratePerHour, by })
    }),
  )
  router.post(
    '/providers/waking',
    saving(ctx, 'provider', (req, by) => wakeProvider(ctx, { ...readForm(Named, req.body), by })),
  )
  router.post(
    '/warm-ups',
    saving(ctx, 'warmUp', (req, by) => planWarmUp(ctx, readForm(WarmUpForm, req.body), by)),
  )
  router.post(
    '/warm-ups/removal',
    saving(ctx, 'warmUp', (req, by) => endWarmUp(ctx, { ...readForm(Domain, req.body), by })),
  )
  return router
}

const PLACES = { settings: '', provider: '#providers', warmUp: '#warm-ups' } as const

function saving(ctx: Context, form: keyof typeof PLACES, save: (req: Request, by: string) => Promise<void>) {
  return async (req: Request, res: Response) => {
    try {
      await save(req, accountOf(res).id)
      res.redirect(303, `${withNotice(PATH, 'saved')}${PLACES[form]}`)
    } catch (error) {
      if (error instanceof InvalidError) {
        const typed: Typed = { form: req.body ?? {}, errors: error.issues }
        return showSending(ctx, res.status(422), { [form]: typed })
      }
      if (!(error instanceof ConflictError)) throw error
      await showSending(ctx, res.status(409), { problem: error.message })
    }
  }
}
