import { type Request, type Response, Router } from 'express'
import { acceptAccountLink } from '../../accounts/accept-account-link.js'
import { NewAccountForm, PasswordForm } from '../../accounts/account-form.js'
import { type FoundAccountLink, findAccountLink } from '../../accounts/find-account-link.js'
import { openSession } from '../../accounts/open-session.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { timeZones } from '../../time-zones.js'
import { readForm } from '../form.js'
import { limitRate } from '../middleware/limit-rate.js'
import { setSessionCookie } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'keys'>

/** `/account-links/:token`: GET shows the form of a one-time link, POST makes the account or sets the password. */
export function accountLinkRoutes(ctx: Needs): Router {
  const router = Router()
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.use(limitRate(ctx, { name: 'account-link', attempts: 60, seconds: 15 * 60 }))
  router.get('/:token', async (req, res) => {
    show(res, await findAccountLink(ctx, tokenOf(req)), {})
  })
  router.post('/:token', async (req, res) => {
    const token = tokenOf(req)
    const link = await findAccountLink(ctx, token)
    try {
      const input = readForm(link.account ? PasswordForm : NewAccountForm, req.body)
      const accountId = await acceptAccountLink(ctx, token, input)
      setSessionCookie(ctx, res, await openSession(ctx, accountId))
      res.redirect(303, withNotice('/', link.account ? 'saved' : 'welcome'))
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      const { name, email, time_zone } = req.body ?? {}
      show(res.status(422), link, { form: { name, email, time_zone }, errors: error.issues })
    }
  })
  return router
}

function tokenOf(req: Request): string {
  return String(req.params['token'])
}

function show(res: Response, { role, region, account }: FoundAccountLink, view: object): void {
  const title = account ? 'Choose a new password' : 'Welcome to Carillon'
  res.render('account-link', {
    layout: 'door',
    title,
    role,
    region,
    known: account,
    timeZones: timeZones(),
    ...view,
  })
}
