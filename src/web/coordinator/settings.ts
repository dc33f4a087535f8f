import { type RequestHandler, type Response, Router } from 'express'
import { mayDo } from '../../accounts/role.js'
import { renewForms } from '../../audience/forms/save-form.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { organisation, SenderForm, saveOrganisation } from '../../issues/organisation.js'
import { readForm } from '../form.js'
import { requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { sendingRoutes } from '../operator/sending/sending.js'
import { renderPage } from '../page.js'
import { accountRoutes } from './accounts.js'
import { brandRoutes } from './brand/brand.js'
import { fieldSettingRoutes } from './field-settings.js'
import { ownAccountRoutes } from './own-account.js'
import { retentionRoutes } from './retention.js'
import { settingTabs } from './setting-tabs.js'
import { testGroupRoutes } from './test-groups.js'

type Errors = Readonly<Record<string, string>>

/** `/settings`: who sends; `…/brand` what mails look like, `…/fields` what is known of subscribers, `…/sending` how fast and when, `…/test-groups` who gets tests, `…/retention` for how long anything is kept, `…/me` one's own account, `…/accounts` everybody's, for admins. */
export function settingRoutes(ctx: Context): Router {
  const router = Router()
  router.use('/me', ownAccountRoutes(ctx))
  router.use('/accounts', accountRoutes(ctx))
  router.use('/sending', sendingRoutes(ctx))
  router.use('/brand', brandRoutes(ctx))
  router.use('/fields', fieldSettingRoutes(ctx))
  router.use('/test-groups', testGroupRoutes(ctx))
  router.use('/retention', retentionRoutes(ctx))
  router.get('/', sendElsewhere)
  router.use(requireDuty('coordinate'))
  router.get('/', async (_req, res) => show(res, await organisation(ctx), {}))
  router.post('/', async (req, res) => {
    try {
      await saveOrganisation(ctx, readForm(SenderForm, req.body))
      await renewForms(ctx)
      res.redirect(303, withNotice('/settings', 'saved'))
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      show(res.status(422), req.body, error.issues)
    }
  })
  return router
}

// The first tab of an operator is another one.
const sendElsewhere: RequestHandler = (_req, res, next) => {
  const role = res.locals.signedIn?.account.role
  const isOperator = role && mayDo(role, 'operate') && !mayDo(role, 'coordinate')
  if (isOperator) return res.redirect(303, '/settings/sending')
  next()
}

function show(res: Response, form: object, errors: Errors): void {
  renderPage(res, 'coordinator/settings/organisation', {
    title: 'Settings',
    form,
    errors,
    tabs: settingTabs(res, '/settings'),
  })
}
