import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Issue } from '../../../db/tables/issue.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { comingDigests } from '../../issues/digests/digest-days.js'
import { DigestForm } from '../../issues/digests/digest-form.js'
import { digestOf, digests } from '../../issues/digests/digests.js'
import { removeDigest, restDigest, saveDigest } from '../../issues/digests/save-digest.js'
import { issueList } from '../../issues/issue.js'
import { newsLanguages, newsRegions } from '../../news/news-library.js'
import { readTimeZone, timeZones } from '../../time-zones.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { digestFields, NTHS, ruleWords, WEEKDAYS } from './digest-view.js'

type Needs = Pick<Context, 'db' | 'clock'>
type Fields = Readonly<Record<string, unknown>>

const DATES_SHOWN = 3
const NEW: Fields = {
  every: 'month',
  nth: '1',
  weekday: '1',
  day: '1',
  time_of_day: '09:00',
  then: 'draft',
  empty: 'skip',
}

/** `/digests`: plans that make an issue from the unused news again and again; `/new` and `/:id` their form. */
export function digestRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => list(ctx, res))
  router.get('/new', (req, res) =>
    form(ctx, res, { fields: { ...NEW, time_zone: accountOf(res).timeZone, issue_id: req.query['issue'] } }),
  )
  router.post('/', (req, res) => save(ctx, req, { res, id: null }))
  router.get('/:id', async (req, res) => {
    const digest = await digestOf(ctx, pathId(req, 'id'))
    await form(ctx, res, { fields: { ...NEW, ...digestFields(digest) }, id: digest.id })
  })
  router.post('/:id', (req, res) => save(ctx, req, { res, id: pathId(req, 'id') }))
  router.post('/:id/rest', (req, res) => rest(ctx, req, { res, rests: true }))
  router.post('/:id/work', (req, res) => rest(ctx, req, { res, rests: false }))
  router.post('/:id/removal', async (req, res) => {
    await removeDigest(ctx, pathId(req, 'id'))
    res.redirect(303, withNotice('/digests', 'digest-removed'))
  })
  return router
}

async function rest(
  ctx: Needs,
  req: Request,
  { res, rests }: { res: Response; rests: boolean },
): Promise<void> {
  await restDigest(ctx, { id: pathId(req, 'id'), rests })
  res.redirect(303, withNotice('/digests', 'saved'))
}

async function save(
  ctx: Needs,
  req: Request,
  { res, id }: { res: Response; id: string | null },
): Promise<void> {
  const fields: Fields = req.body ?? {}
  try {
    const input = readForm(DigestForm, fields)
    const time_zone = readTimeZone(fields['time_zone'], 'time_zone')
    await saveDigest(ctx, { ...input, time_zone }, { id, by: accountOf(res).id })
    res.redirect(303, withNotice('/digests', 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await form(ctx, res.status(422), { fields, id, errors: error.issues })
  }
}

async function list(ctx: Needs, res: Response): Promise<void> {
  const now = ctx.clock.now()
  const plans = await digests(ctx)
  renderPage(res, 'coordinator/digests/digests', {
    title: 'Recurring issues',
    plans: plans.map((plan) => ({
      ...plan,
      when: `${ruleWords(plan.rule)} at ${plan.time_of_day.slice(0, 5)}`,
      dates: plan.next_at ? comingDigests(plan, { after: now, most: DATES_SHOWN }) : [],
    })),
  })
}

/** The issues that can be chosen, the one that is chosen among them however old it is. */
async function withOwn(ctx: Needs, ownId: string): Promise<Issue[]> {
  const latest = await issueList(ctx)
  if (!z.uuid().safeParse(ownId).success || latest.some(({ id }) => id === ownId)) return latest
  const own = await ctx.db.selectFrom('issue').selectAll().where('id', '=', ownId).executeTakeFirst()
  return own ? [...latest, own] : latest
}

type Form = { fields: Fields; id?: string | null; errors?: Readonly<Record<string, string>> }

async function form(ctx: Needs, res: Response, { fields, id = null, errors = {} }: Form): Promise<void> {
  const [issues, regions, languages] = await Promise.all([
    withOwn(ctx, String(fields['issue_id'] ?? '')),
    newsRegions(ctx),
    newsLanguages(ctx),
  ])
  const weekdays = [fields['weekdays'] ?? []].flat().map(String)
  const same = (value: string) => ({ value, label: value })
  renderPage(res, 'coordinator/digests/form', {
    title: id ? String(fields['title']) : 'New recurring issue',
    id,
    errors,
    form: { ...NEW, ...fields },
    issues: [
      { value: '', label: 'Choose an issue' },
      ...issues.map(({ id: value, title }) => ({ value, label: title })),
    ],
    regions: [{ value: '', label: 'All regions' }, ...regions.map(same)],
    languages: [{ value: '', label: 'Any language' }, ...languages.map(same)],
    nths: NTHS,
    days: WEEKDAYS.map((label, index) => ({ value: String(index + 1), label })),
    weekdays: WEEKDAYS.map((label, index) => ({
      value: String(index + 1),
      label,
      isTicked: weekdays.includes(String(index + 1)),
    })),
    zones: timeZones(),
  })
}
