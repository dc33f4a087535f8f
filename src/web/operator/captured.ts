import { type Request, type Response, Router } from 'express'
import { decodeWords } from 'postal-mime'
import { z } from 'zod'
import { mayDo } from '../../accounts/role.js'
import type { Context } from '../../context.js'
import { capturedCount, capturedMail, capturedMails } from '../../operations/captured-mails.js'
import { emptyCaptured } from '../../operations/empty-captured.js'
import { BODY_POLICY, bodyDocument } from '../../smtp/inbox/body-document.js'
import { type ParsedMessage, parseMessage } from '../../smtp/inbox/parse-message.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'

const Filter = z.object({
  q: z.string().max(254).catch(''),
  before: z.uuid().optional().catch(undefined),
})
const View = z.enum(['html', 'text', 'headers']).nullable().catch(null)

/** `/captured`: mail that was recorded instead of sent; `…/:id` one of them, `…/:id/body` its HTML for a frame, POST `…/emptying` throws all away. */
export function capturedRoutes(ctx: Context): Router {
  const router = Router()
  router.use(requireDuty('coordinate', 'operate'))
  router.get('/', (req, res) => list(ctx, req, res))
  router.post('/emptying', async (_req, res) => {
    await emptyCaptured(ctx, { by: accountOf(res).id })
    res.redirect(303, withNotice('/captured', 'emptied'))
  })
  router.get('/:id', (req, res) => show(ctx, req, res))
  router.get('/:id/body', async (req, res) => {
    const parsed = await parsedMail(ctx, pathId(req, 'id'))
    res.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'SAMEORIGIN' })
    res.set('Content-Security-Policy', BODY_POLICY)
    res.type('html').send(bodyDocument(parsed))
  })
  router.get('/:id/message.eml', async (req, res) => {
    const { id, message } = await capturedMail(ctx, pathId(req, 'id'))
    res.set('Cache-Control', 'no-store').type('message/rfc822').attachment(`${id}.eml`).send(message)
  })
  return router
}

async function list(ctx: Context, req: Request, res: Response): Promise<void> {
  const { q, before } = Filter.parse(req.query)
  const [{ mails, next }, count] = await Promise.all([
    capturedMails(ctx, { search: q, ...(before ? { before } : {}) }),
    capturedCount(ctx),
  ])
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(next ? { before: next } : {}) })
  renderPage(res, 'operator/captured/list', {
    title: 'Captured mail',
    q,
    mails,
    count,
    isFirst: !before,
    firstPath: q ? `/captured?${new URLSearchParams({ q })}` : '/captured',
    nextPath: next ? `/captured?${query}` : null,
    isCapturing: ctx.config.capture !== null,
    mayOpenIssues: mayDo(accountOf(res).role, 'coordinate'),
  })
}

async function show(ctx: Context, req: Request, res: Response): Promise<void> {
  const id = pathId(req, 'id')
  const mail = await capturedMail(ctx, id)
  const parsed = await parse(mail)
  const view = View.parse(req.query['view'] ?? null) ?? (parsed.html === null ? 'text' : 'html')
  renderPage(res, 'operator/captured/mail', {
    title: parsed.subject || 'No subject',
    isWide: true,
    mail,
    from: parsed.from,
    replyTo: decodeWords(parsed.headers.find(({ name }) => name.toLowerCase() === 'reply-to')?.value ?? ''),
    kilobytes: Math.ceil(mail.message.length / 1024),
    view,
    tabs: TABS.map((tab) => ({
      ...tab,
      href: `/captured/${id}?view=${tab.view}`,
      isCurrent: tab.view === view,
    })),
    hasHtml: parsed.html !== null,
    text: parsed.text,
    headers: parsed.headers,
    mayOpenIssues: mayDo(accountOf(res).role, 'coordinate'),
  })
}

const TABS = [
  { view: 'html', label: 'As it looks', icon: 'monitor' },
  { view: 'text', label: 'Plain text', icon: 'file-text' },
  { view: 'headers', label: 'Headers', icon: 'code' },
]

async function parsedMail(ctx: Context, id: string): Promise<ParsedMessage> {
  return parse(await capturedMail(ctx, id))
}

function parse({ recipient, message }: { recipient: string; message: Buffer }): Promise<ParsedMessage> {
  return parseMessage('0', { envelope: { from: '', to: [recipient] }, content: message })
}
