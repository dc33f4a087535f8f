import { type Response, Router } from 'express'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { RetentionForm } from '../../operations/retention/periods.js'
import { duePurges } from '../../operations/retention/purge.js'
import { retentionPeriods, saveRetention } from '../../operations/retention/save-retention.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { settingTabs } from './setting-tabs.js'

type Needs = Pick<Context, 'db' | 'clock'>
type Refused = { form: object; errors: Readonly<Record<string, string>> }

const PATH = '/settings/retention'

/** `/settings/retention`: for how long anything is kept, and what goes next. */
export function retentionRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => show(ctx, res))
  router.post('/', async (req, res) => {
    try {
      await saveRetention(ctx, readForm(RetentionForm, req.body), accountOf(res).id)
      res.redirect(303, withNotice(PATH, 'saved'))
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      await show(ctx, res.status(422), { form: req.body ?? {}, errors: error.issues })
    }
  })
  return router
}

async function show(ctx: Needs, res: Response, refused?: Refused): Promise<void> {
  const [periods, due] = await Promise.all([retentionPeriods(ctx), duePurges(ctx)])
  const typed: Record<string, unknown> = { ...periods, ...refused?.form }
  const errors = refused?.errors ?? {}
  renderPage(res, 'coordinator/settings/retention', {
    title: 'Retention',
    tabs: settingTabs(res, PATH),
    rows: ROWS.map((row) => ({
      ...row,
      value: typed[row.name],
      error: errors[row.name],
      due: due.filter(({ period, count }) => period === row.name && count > 0),
    })),
  })
}

const ROWS = [
  {
    name: 'unconfirmed_days',
    title: 'Unconfirmed sign-ups',
    label: 'Forget them',
    unit: 'days after their link ran out',
    says: 'Addresses that somebody typed and nobody confirmed, with everything that came with them.',
  },
  {
    name: 'delivery_months',
    title: 'Deliveries',
    label: 'Keep who got which issue for',
    unit: 'months',
    says: 'Afterwards only the sums of an issue are left. Whole months go at once.',
  },
  {
    name: 'trouble_days',
    title: 'Trouble with mail servers',
    label: 'Keep for',
    unit: 'days',
    says: 'What servers said when it was not about a reader.',
  },
  {
    name: 'captured_days',
    title: 'Captured mail',
    label: 'Keep for',
    unit: 'days',
    says: 'Mail that was recorded instead of sent.',
  },
  {
    name: 'audit_months',
    title: 'Audit',
    label: 'Keep who did what for',
    unit: 'months',
    says: 'Who stepped in, in what and when.',
  },
  {
    name: 'session_days',
    title: 'Sign-ins',
    label: 'Keep for',
    unit: 'days after their end',
    says: 'Sessions of browsers, and one-time links of accounts.',
  },
  {
    name: 'evidence_months',
    title: 'Consent of people who were erased',
    label: 'Keep for',
    unit: 'months',
    says: 'For claims before a court: what somebody had agreed to and when, without their name, found only by who knows the address. 0 keeps nothing.',
  },
  {
    name: 'mail_days',
    title: 'Sign-ups and mails about one’s own affairs',
    label: 'Keep for',
    unit: 'days',
    says: 'What was typed at a sign-up once it was confirmed, and that somebody was mailed a welcome, a copy of their data or another link of their own. The evidence of consent stays.',
  },
  {
    name: 'reason_months',
    title: 'Reasons for leaving',
    label: 'Keep for',
    unit: 'months',
    says: 'Why somebody left, in a choice and their own words.',
  },
  {
    name: 'refusal_days',
    title: 'Refused rows of imports',
    label: 'Keep for',
    unit: 'days after its end',
    says: 'Rows that could not be taken, with the reason, for whoever mends them.',
  },
  {
    name: 'draft_days',
    title: 'Imports left lying',
    label: 'Forget them after',
    unit: 'days',
    says: 'Files that somebody uploaded and did not import; imports that nobody has gone on with are stopped.',
  },
  {
    name: 'undo_days',
    title: 'Acts on many people',
    label: 'Can be taken back for',
    unit: 'days',
    says: 'What people were like before something was done to many of them at once.',
  },
] as const
