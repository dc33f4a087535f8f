import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { accounts } from '../../accounts/accounts.js'
import { createAccountLink } from '../../accounts/create-account-link.js'
import { disableAccount } from '../../accounts/disable-account.js'
import { enableAccount } from '../../accounts/enable-account.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError, NotFoundError } from '../../errors.js'
import { newsRegions } from '../../news/news-library.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { settingTabs } from './setting-tabs.js'

const Invitation = z.object({
  role: z.enum(['coordinator', 'operator', 'admin', 'partner']),
  region: z.string().trim().max(100, 'Keep the region below 100 characters.').default(''),
})

/** `/settings/accounts`, for admins: who has an account; invitations and new passwords by one-time link; locking out and in. */
export function accountRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('administer'))
  router.get('/', (_req, res) => show(ctx, res, {}))
  router.post('/invitations', (req, res) => invite(ctx, req, res))
  router.post('/:id/password-links', (req, res) => offerPassword(ctx, req, res))
  router.post('/:id/disabling', async (req, res) => {
    try {
      await disableAccount(ctx, pathId(req, 'id'))
      res.redirect(303, withNotice('/settings/accounts', 'done'))
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await show(ctx, res.status(409), { problem: error.message })
    }
  })
  router.post('/:id/enabling', async (req, res) => {
    await enableAccount(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/settings/accounts', 'done'))
  })
  return router
}

async function invite(ctx: Context, req: Request, res: Response): Promise<void> {
  try {
    const { role, region } = readForm(Invitation, req.body)
    const link = await createAccountLink(ctx, { role, region, by: accountOf(res).id })
    await show(ctx, res, {
      link,
      linkFor: role === 'partner' ? `a new partner in ${region}` : `a new ${role}`,
    })
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, res.status(422), { form: req.body, errors: error.issues })
  }
}

async function offerPassword(ctx: Context, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const account = (await accounts(ctx)).find((one) => one.id === id)
  if (!account) throw new NotFoundError('There is no such account.')
  const link = await createAccountLink(ctx, {
    role: account.role,
    region: account.region,
    accountId: id,
    by: accountOf(res).id,
  })
  await show(ctx, res, { link, linkFor: `a new password for ${account.name}` })
}

async function show(
  ctx: Context,
  res: Response,
  view: { link?: string; linkFor?: string; problem?: string; form?: object; errors?: object },
): Promise<void> {
  renderPage(res, 'coordinator/settings/accounts', {
    title: 'Everybody',
    accounts: await accounts(ctx),
    tabs: settingTabs(res, '/settings/accounts'),
    regions: await newsRegions(ctx),
    ...view,
  })
}
