import { Router } from 'express'
import { NoteForm, removeNote, writeNote } from '../../../audience/write-note.js'
import type { Context } from '../../../context.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { withNotice } from '../../notices.js'
import { pathId } from '../../path-id.js'

/** `/subscribers/:subscriberId/notes`: POST writes one; POST `…/:noteId/removal` takes it away. */
export function noteRoutes(ctx: Pick<Context, 'db' | 'clock'>): Router {
  const router = Router({ mergeParams: true })
  router.post('/', async (req, res) => {
    const subscriberId = pathId(req, 'subscriberId')
    await writeNote(ctx, { subscriberId, ...readForm(NoteForm, req.body), by: accountOf(res).id })
    res.redirect(303, `${withNotice(`/subscribers/${subscriberId}`, 'saved')}#notes`)
  })
  router.post('/:noteId/removal', async (req, res) => {
    const subscriberId = pathId(req, 'subscriberId')
    await removeNote(ctx, { subscriberId, noteId: pathId(req, 'noteId') })
    res.redirect(303, `${withNotice(`/subscribers/${subscriberId}`, 'done')}#notes`)
  })
  return router
}
