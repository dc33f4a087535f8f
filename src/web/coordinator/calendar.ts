import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { createIssue } from '../../issues/create-issue.js'
import { digests } from '../../issues/digests/digests.js'
import { plannedIssues } from '../../issues/planned-issues.js'
import { readForm } from '../form.js'
import { todayIn } from '../local-time.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { digestEntries, issueEntries, monthSpan, monthView } from './calendar-view.js'

type Needs = Pick<Context, 'db' | 'clock'>

const Day = z.iso.date('Choose a day.')
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)
const PlanForm = z.object({
  title: z.string().trim().min(1, 'Give the issue a title.').max(200, 'Keep this below 200 characters.'),
  day: Day,
})

/** `/calendar`: what is planned and what has gone out in a month; POST plans a new draft on a day. */
export function calendarRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (req, res) => show(ctx, req, { res, form: { title: '', day: req.query['day'] } }))
  router.post('/', (req, res) => plan(ctx, req, res))
  return router
}

async function plan(ctx: Needs, req: Request, res: Response): Promise<void> {
  try {
    const { title, day } = readForm(PlanForm, req.body)
    await createIssue(ctx, { title, accountId: accountOf(res).id, plannedOn: day })
    res.redirect(303, withNotice(`/calendar?month=${day.slice(0, 7)}`, 'planned'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, req, { res: res.status(422), form: req.body ?? {}, errors: error.issues })
  }
}

type Answer = {
  res: Response
  form: Readonly<Record<string, unknown>>
  errors?: Readonly<Record<string, string>>
}

async function show(ctx: Needs, req: Request, { res, form, errors = {} }: Answer): Promise<void> {
  const { timeZone } = accountOf(res)
  const today = todayIn(timeZone, ctx.clock.now())
  const day = Day.safeParse(form['day']).data ?? today
  const month = Month.safeParse(req.query['month']).data ?? day.slice(0, 7)
  const span = monthSpan(month, timeZone)
  const [issues, plans] = await Promise.all([plannedIssues(ctx, span), digests(ctx)])
  const entries = [
    ...issueEntries(issues, timeZone),
    ...digestEntries(plans, { span, timeZone, now: ctx.clock.now() }),
  ]
  renderPage(res, 'coordinator/calendar', {
    title: 'Calendar',
    isWide: true,
    calendar: monthView(span, entries, today),
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    isThisMonth: month === today.slice(0, 7),
    form: { title: String(form['title'] ?? ''), day },
    errors,
  })
}
