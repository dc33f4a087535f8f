import { Router, urlencoded } from 'express'
import type { Context } from '../context.js'
import { TEST_LINK_PATH } from '../delivery/send-test.js'
import { accountLinkRoutes } from './coordinator/account-links.js'
import { calendarRoutes } from './coordinator/calendar.js'
import { dashboardRoutes } from './coordinator/dashboard.js'
import { digestRoutes } from './coordinator/digests.js'
import { signUpFormRoutes } from './coordinator/forms/forms.js'
import { importPageRoutes } from './coordinator/imports/imports.js'
import { issueRoutes } from './coordinator/issues.js'
import { listRoutes } from './coordinator/lists.js'
import { newsItemRoutes } from './coordinator/news/news-items.js'
import { pictureRoutes } from './coordinator/pictures.js'
import { segmentRoutes } from './coordinator/segments/segments.js'
import { settingRoutes } from './coordinator/settings.js'
import { signInRoutes } from './coordinator/sign-ins.js'
import { subscriberExportRoutes } from './coordinator/subscriber-exports.js'
import { subscriberPageRoutes } from './coordinator/subscribers.js'
import { suppressionRoutes } from './coordinator/suppressions.js'
import { templateRoutes } from './coordinator/templates/templates.js'
import { readImport } from './middleware/read-import.js'
import { readPictures } from './middleware/read-pictures.js'
import { readTemplate } from './middleware/read-template.js'
import { picturesFromElsewhere } from './middleware/security-headers.js'
import { readSession, refuseForgery, requireDuty } from './middleware/sessions.js'
import { capturedRoutes } from './operator/captured.js'
import { operationRoutes } from './operator/operations.js'
import { archiveRoutes } from './subscriber/archive/archive.js'
import { robotRoutes } from './subscriber/archive/for-robots.js'
import { confirmationRoutes } from './subscriber/confirmations.js'
import { formRoutes, joinRoutes } from './subscriber/forms/forms.js'
import { addressChangeRoutes, downloadRoutes, erasureRoutes } from './subscriber/own-data.js'
import { pictureFileRoutes } from './subscriber/picture-files.js'
import { preferenceRoutes } from './subscriber/preferences.js'
import { testMailRoutes } from './subscriber/test-mails.js'
import { unsubscriptionRoutes } from './subscriber/unsubscriptions.js'
import { webViewRoutes } from './subscriber/web-views.js'

/** Ten thousand addresses of the greatest length. */
const readManyLines = urlencoded({ extended: false, limit: '4mb' })

/** What readers reach by the links in their mail: no session, no cookie, each reads its own small form. */
export function subscriberRoutes(ctx: Context): Router {
  const router = Router()
  router.use('/u', unsubscriptionRoutes(ctx))
  router.use('/p', preferenceRoutes(ctx))
  router.use('/w', webViewRoutes(ctx))
  router.use('/confirmations', confirmationRoutes(ctx))
  router.use('/f', formRoutes(ctx))
  router.use('/join', joinRoutes(ctx))
  router.use('/downloads', downloadRoutes(ctx))
  router.use('/erasures', erasureRoutes(ctx))
  router.use('/address-changes', addressChangeRoutes(ctx, 'address'))
  router.use('/address-returns', addressChangeRoutes(ctx, 'address-notice'))
  router.use('/pictures', pictureFileRoutes(ctx))
  router.use('/archive', archiveRoutes(ctx))
  router.use(robotRoutes(ctx))
  router.use(TEST_LINK_PATH, testMailRoutes())
  return router
}

/** What people reach who have an account: every form carries the session's token. */
export function signedInRoutes(ctx: Context): Router {
  const router = Router()
  router.use(readSession(ctx), picturesFromElsewhere(ctx.config))
  router.post('/suppressions', requireDuty('coordinate', 'operate'), readManyLines)
  router.use(urlencoded({ extended: false, limit: '500kb' }))
  router.post('/pictures', requireDuty('coordinate'), readPictures)
  router.use('/templates', requireDuty('coordinate'), readTemplate)
  router.post('/subscribers/import', requireDuty('coordinate'), readImport(ctx))
  router.use(refuseForgery)
  router.use('/account-links', accountLinkRoutes(ctx))
  router.use(signInRoutes(ctx))
  router.use('/issues', issueRoutes(ctx))
  router.use('/calendar', calendarRoutes(ctx))
  router.use('/digests', digestRoutes(ctx))
  router.use('/news', newsItemRoutes(ctx))
  router.use('/pictures', pictureRoutes(ctx))
  router.use('/templates', templateRoutes(ctx))
  router.use('/subscribers/import', requireDuty('coordinate'), importPageRoutes(ctx))
  router.use('/subscribers/export.csv', requireDuty('coordinate'), subscriberExportRoutes(ctx))
  router.use('/subscribers', subscriberPageRoutes(ctx))
  router.use('/lists', listRoutes(ctx))
  router.use('/suppressions', suppressionRoutes(ctx))
  router.use('/segments', segmentRoutes(ctx))
  router.use('/forms', signUpFormRoutes(ctx))
  router.use('/settings', settingRoutes(ctx))
  router.use('/operations', operationRoutes(ctx))
  router.use('/captured', capturedRoutes(ctx))
  router.use('/', dashboardRoutes(ctx))
  return router
}
