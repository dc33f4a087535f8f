import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseAddress } from '../../../audience/address.js'
import { concernsPerson, mergeSubscribers } from '../../../audience/merge-subscribers.js'
import { type SubscriberRecord, subscriberRecord } from '../../../audience/subscriber-record.js'
import type { Context } from '../../../context.js'
import { ConflictError, InvalidError } from '../../../errors.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { renderPage } from '../../page.js'
import { pathId } from '../../path-id.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>

const Found = z.object({ with: z.string().max(254).catch('') })
const Merge = z.object({ goneId: z.uuid() })

/** `/subscribers/:subscriberId/merge`: finds the other record of the same person, shows both, and makes one of them. */
export function mergeRoutes(ctx: Needs): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => show(ctx, req, { res, typed: Found.parse(req.query).with }))
  router.post('/', (req, res) => merge(ctx, req, res))
  return router
}

type Answer = { res: Response; typed: string; problem?: string; error?: string }

async function show(ctx: Needs, req: Request, { res, typed, problem, error }: Answer): Promise<void> {
  const kept = await subscriberRecord(ctx, pathId(req, 'subscriberId'))
  const gone = typed ? await otherRecord(ctx, kept, typed) : null
  const fields = await ctx.db.selectFrom('field').select(['key', 'label']).orderBy('position').execute()
  renderPage(res, 'coordinator/subscribers/merge', {
    title: 'Merge two records',
    kept: kept.subscriber,
    typed,
    problem,
    error: error ?? (gone && 'problem' in gone ? gone.problem : undefined),
    gone: gone && 'record' in gone ? gone.record.subscriber : null,
    ...(gone && 'record' in gone ? comparison(kept, gone.record, fields) : {}),
  })
}

type Other = { record: SubscriberRecord } | { problem: string }

async function otherRecord(ctx: Needs, kept: SubscriberRecord, typed: string): Promise<Other> {
  const address = parseAddress(typed)
  if ('problem' in address) return { problem: address.problem }
  if (address.key === kept.subscriber.email_key) return { problem: 'This is the record itself.' }
  const row = await ctx.db
    .selectFrom('subscriber')
    .select('id')
    .where('email_key', '=', address.key)
    .executeTakeFirst()
  if (!row) return { problem: 'Nobody has this address.' }
  return { record: await subscriberRecord(ctx, row.id) }
}

/** What both say differently, and what the lists become. */
function comparison(
  kept: SubscriberRecord,
  gone: SubscriberRecord,
  fields: readonly { key: string; label: string }[],
) {
  const valuesOf = ({ subscriber }: SubscriberRecord): Record<string, string> => ({
    ...subscriber.fields,
    language: subscriber.language ?? '',
    time_zone: subscriber.time_zone ?? '',
  })
  const [a, b] = [valuesOf(kept), valuesOf(gone)]
  const named = [...fields, { key: 'language', label: 'Language' }, { key: 'time_zone', label: 'Time zone' }]
  const lists = new Map<string, { name: string; statuses: string[] }>()
  for (const { list_id, listName, status } of [...kept.subscriptions, ...gone.subscriptions]) {
    const list = lists.get(list_id) ?? { name: listName, statuses: [] }
    lists.set(list_id, { ...list, statuses: [...list.statuses, status] })
  }
  return {
    differences: named
      .map(({ key, label }) => ({ key, label, kept: a[key] ?? '', gone: b[key] ?? '' }))
      .filter((one) => one.kept !== '' && one.gone !== '' && one.kept !== one.gone),
    lists: [...lists.values()].map(({ name, statuses }) => ({
      name,
      status: statuses.includes('unsubscribed') ? 'unsubscribed' : statuses[0],
    })),
    isSuppressed:
      kept.suppression !== null || (gone.suppression !== null && concernsPerson(gone.suppression)),
  }
}

async function merge(ctx: Needs, req: Request, res: Response): Promise<void> {
  const keptId = pathId(req, 'subscriberId')
  const body = (req.body ?? {}) as Record<string, unknown>
  const typed = Found.parse(body).with
  try {
    const read = Merge.safeParse(body)
    if (!read.success) throw new InvalidError({ with: 'Find the other record first.' })
    const takeFromGone = Object.entries(body)
      .filter(([name, value]) => name.startsWith('take:') && value === 'gone')
      .map(([name]) => name.slice('take:'.length))
    await mergeSubscribers(ctx, { keptId, goneId: read.data.goneId, takeFromGone, by: accountOf(res).id })
    res.redirect(303, withNotice(`/subscribers/${keptId}`, 'merged'))
  } catch (error) {
    if (error instanceof InvalidError)
      return show(ctx, req, { res: res.status(422), typed, error: error.message })
    if (!(error instanceof ConflictError)) throw error
    await show(ctx, req, { res: res.status(409), typed, problem: error.message })
  }
}
