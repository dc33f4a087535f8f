import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { fields as allFields } from '../../audience/fields/fields.js'
import { isLiftable, liftingRefusal, liftSuppression } from '../../audience/lift-suppression.js'
import { reviseSubscriber } from '../../audience/revise-subscriber.js'
import { subscriberNotes } from '../../audience/subscriber-notes.js'
import { subscriberRecord } from '../../audience/subscriber-record.js'
import { suppressAddress } from '../../audience/suppress-address.js'
import { unsubscribeFromList } from '../../audience/unsubscribe.js'
import type { Context } from '../../context.js'
import { ConflictError, InvalidError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { LanguageOrUnknown } from '../../rendering/languages/language-tag.js'
import { readTimeZone, timeZones } from '../../time-zones.js'
import { fieldValues } from '../field-values.js'
import { readForm } from '../form.js'
import { languageOptions } from '../language-options.js'
import { accountOf } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { suppressionWords } from '../suppression-words.js'
import { typedFields } from '../typed-fields.js'
import { erasureRoutes } from './erasure.js'
import { EVENT_WORDS, showEvidence } from './evidence.js'
import { mergeRoutes } from './subscribers/merges.js'
import { noteRoutes } from './subscribers/notes.js'
import { timelineView } from './subscribers/timeline-view.js'

const Language = z.object({ language: LanguageOrUnknown })
const Leaving = z.object({ listId: z.uuid() })
const Suppressing = z.object({ note: z.string().trim().max(500).catch('') })

/** `/subscribers/:subscriberId`: fields, subscriptions, evidence of consent and mails of one person, and what can be done. */
export function oneSubscriberRoutes(ctx: Context): Router {
  const router = Router({ mergeParams: true })
  router.get('/', (req, res) => show(ctx, req, { res }))
  router.use('/notes', noteRoutes(ctx))
  router.use('/merge', mergeRoutes(ctx))
  router.get('/evidence', (req, res) => showEvidence(ctx, res, idOf(req)))
  router.post('/', async (req, res) => {
    const fields = fieldValues(req.body ?? {})
    const zone = String(req.body?.time_zone ?? '').trim()
    try {
      const timeZone = zone ? readTimeZone(zone, 'time_zone') : null
      const { language } = readForm(Language, req.body)
      await reviseSubscriber(ctx, idOf(req), { fields, language, timeZone, by: accountOf(res).id })
      res.redirect(303, withNotice(`/subscribers/${idOf(req)}`, 'saved'))
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      const typed = { fields, language: String(req.body?.language ?? ''), zone }
      await show(ctx, req, { res: res.status(422), typed, errors: error.issues })
    }
  })
  router.post(
    '/unsubscriptions',
    act(ctx, 'unsubscribe', async (req, subscriberId) => {
      const { listId } = readForm(Leaving, req.body)
      await unsubscribeFromList(ctx, { subscriberId, listId, channel: 'admin' })
    }),
  )
  router.post(
    '/suppression',
    act(ctx, 'suppress', async (req, subscriberId) => {
      const { subscriber } = await subscriberRecord(ctx, subscriberId)
      const { note } = readForm(Suppressing, req.body)
      await suppressAddress(ctx, { email: subscriber.email, reason: 'manual', note })
    }),
  )
  router.post('/suppression/removal', (req, res) => lift(ctx, req, res))
  router.use('/erasure', erasureRoutes(ctx))
  return router
}

async function lift(ctx: Context, req: Request, res: Response): Promise<void> {
  const why = String(req.body?.why ?? '')
  const { suppression } = await subscriberRecord(ctx, idOf(req))
  try {
    await liftSuppression(ctx, { id: suppression?.id ?? idOf(req), why, by: accountOf(res).id })
    res.redirect(303, withNotice(`/subscribers/${idOf(req)}`, 'done'))
  } catch (error) {
    if (error instanceof InvalidError) return show(ctx, req, { res: res.status(422), errors: error.issues })
    if (!(error instanceof ConflictError)) throw error
    await show(ctx, req, { res: res.status(409), problem: error.message })
  }
}

function act(ctx: Context, action: string, verb: (req: Request, subscriberId: string) => Promise<void>) {
  return async (req: Request, res: Response) => {
    const id = idOf(req)
    try {
      await verb(req, id)
      const now = ctx.clock.now()
      await recordAudit(ctx.db, { action, subjectIds: [id], by: accountOf(res).id, now })
      res.redirect(303, withNotice(`/subscribers/${id}`, 'done'))
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      await show(ctx, req, { res: res.status(409), problem: error.message })
    }
  }
}

function idOf(req: Request): string {
  return pathId(req, 'subscriberId')
}

type Answer = {
  res: Response
  typed?: { fields: Record<string, string>; language: string; zone: string }
  errors?: Readonly<Record<string, string>>
  problem?: string
}

async function show(ctx: Context, req: Request, { res, typed, errors = {}, problem }: Answer): Promise<void> {
  const record = await subscriberRecord(ctx, idOf(req))
  const { subscriber, subscriptions, suppression } = record
  const [fields, notes, timeline] = await Promise.all([
    allFields(ctx, { isArchiveShown: true }),
    subscriberNotes(ctx, subscriber.id),
    timelineView(ctx, subscriber.id),
  ])
  const values = typed?.fields ?? subscriber.fields
  renderPage(res, 'coordinator/subscribers/subscriber', {
    title: subscriber.email,
    ...record,
    problem,
    timeZone: { value: typed?.zone ?? subscriber.time_zone ?? '', error: errors['time_zone'] },
    zones: timeZones(),
    language: { value: typed?.language ?? subscriber.language ?? '', error: errors['language'] },
    languages: [
      { value: '', label: 'Unknown' },
      ...languageOptions({ known: [typed?.language || subscriber.language].flatMap((tag) => tag || []) }),
    ],
    fields: typedFields(
      fields.filter(({ key, archived_at }) => !archived_at || values[key]),
      { values, errors },
    ),
    subscriptions: subscriptions.map((one) => ({
      ...one,
      isOn: one.status !== 'unsubscribed',
      since: one.unsubscribed_at ?? one.confirmed_at ?? one.created_at,
    })),
    events: record.events.map((event) => ({ ...event, words: EVENT_WORDS[event.kind] })),
    notes,
    timeline,
    suppression: suppression && {
      ...suppression,
      ...suppressionWords(suppression),
      isLiftable: isLiftable(suppression) && suppression.domain === null,
      refusal: liftingRefusal(suppression),
      error: errors['why'],
    },
  })
}
