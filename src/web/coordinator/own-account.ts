import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AccountForm } from '../../accounts/account-form.js'
import { changePassword } from '../../accounts/change-password.js'
import { NewPassword } from '../../accounts/password.js'
import { reviseAccount } from '../../accounts/revise-account.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { timeZones } from '../../time-zones.js'
import { readForm } from '../form.js'
import { limitRate } from '../middleware/limit-rate.js'
import { accountOf, requireDuty, sessionToken } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { settingTabs } from './setting-tabs.js'

const PasswordChange = z.object({ present: z.string().max(1000), password: NewPassword })
const TRIES = { name: 'change-password', attempts: 20, seconds: 15 * 60 }

/** `/settings/me`: name, address and time zone of one's own account; POST `…/password` changes the password. */
export function ownAccountRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate', 'submit', 'operate', 'administer'))
  router.get('/', (_req, res) => show(res, {}))
  router.post('/', async (req, res) => {
    await saving(req, res, 'saved', () =>
      reviseAccount(ctx, accountOf(res).id, readForm(AccountForm, req.body)),
    )
  })
  router.post('/password', limitRate(ctx, TRIES), async (req, res) => {
    await saving(req, res, 'password-changed', async () => {
      const change = readForm(PasswordChange, req.body)
      await changePassword(ctx, accountOf(res).id, { ...change, keepSession: sessionToken(ctx, req) })
    })
  })
  return router
}

async function saving(
  req: Request,
  res: Response,
  notice: 'saved' | 'password-changed',
  save: () => Promise<void>,
): Promise<void> {
  try {
    await save()
    res.redirect(303, withNotice('/settings/me', notice))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    show(res.status(422), { form: req.body, errors: error.issues })
  }
}

function show(
  res: Response,
  { form = {}, errors = {} }: { form?: Record<string, unknown>; errors?: Readonly<Record<string, string>> },
): void {
  const { name, email, timeZone: time_zone } = accountOf(res)
  renderPage(res, 'coordinator/settings/me', {
    title: 'Your account',
    form: { name, email, time_zone, ...('email' in form ? form : {}) },
    errors,
    timeZones: timeZones().map((zone) => ({ value: zone, label: zone })),
    tabs: settingTabs(res, '/settings/me'),
  })
}
