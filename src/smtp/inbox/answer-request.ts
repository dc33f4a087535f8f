import type { IncomingMessage } from 'node:http'
import { type Answer, badHost, jsonAnswer, missing, pageAnswer, redirect, wrongMethod } from './answer.js'
import { BODY_POLICY, bodyDocument } from './body-document.js'
import { listPage } from './list-page.js'
import { MESSAGE_VIEWS, messagePage } from './message-page.js'
import type { MessageStore } from './message-store.js'
import { bellIcon } from './page-layout.js'
import { type ParsedMessage, parseMessage } from './parse-message.js'
import { searchMessages } from './search-messages.js'
import { STYLESHEET } from './stylesheet.js'

/** What the pages need to know: the messages, and where the SMTP side listens. */
export type InboxSite = { store: MessageStore; smtpUrl: string }

type Visit = { site: InboxSite; url: URL; parts: RegExpExecArray }
type Route = {
  method: 'GET' | 'POST' | 'DELETE'
  path: RegExp
  answer: (visit: Visit) => Answer | Promise<Answer>
}

const MESSAGE = '/messages/(\\d{16})'
const route = (method: Route['method'], path: string, answer: Route['answer']): Route => ({
  method,
  path: new RegExp(`^${path}$`),
  answer,
})

const ROUTES: readonly Route[] = [
  route('GET', '/', showList),
  route('GET', '/inbox\\.css', () => ({ status: 200, type: 'text/css; charset=utf-8', body: STYLESHEET })),
  route('GET', '/bell\\.svg', () => ({ status: 200, type: 'image/svg+xml', body: bellIcon() })),
  route('POST', '/messages/clear', clearFromPage),
  route('GET', MESSAGE, showMessage),
  route('GET', `${MESSAGE}/body`, showBody),
  route('GET', `${MESSAGE}/attachments/(\\d{1,4})`, downloadAttachment),
  route('GET', '/api/inbox', ({ site }) => jsonAnswer({ carillon: 'inbox', smtpUrl: site.smtpUrl })),
  route('GET', '/api/messages', listAsJson),
  route('DELETE', '/api/messages', removeMessages),
  route('GET', `/api${MESSAGE}`, messageAsJson),
  route('GET', `/api${MESSAGE}/raw`, downloadMessage),
]

/** Finds the page or JSON for a request; foreign host names and posts from other sites are turned away. */
export async function answerRequest(request: IncomingMessage, site: InboxSite): Promise<Answer> {
  if (!isOwnHost(request.headers.host)) return badHost()
  const address = `http://inbox.invalid${request.url ?? '/'}`
  if (!URL.canParse(address)) return missing()
  const url = new URL(address)
  const matches = ROUTES.flatMap((candidate) => {
    const parts = candidate.path.exec(url.pathname)
    return parts ? [{ ...candidate, parts }] : []
  })
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = matches.find((candidate) => candidate.method === method)
  if (!found) return matches.length > 0 ? wrongMethod() : missing()
  if (method !== 'GET' && isFromOtherSite(request))
    return { status: 403, type: 'text/plain', body: 'Not from another site.\n' }
  return found.answer({ site, url, parts: found.parts })
}

// A page elsewhere could point its own name at 127.0.0.1 and read the mails; the Host header still tells its name.
function isOwnHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])$/.test(name)
  )
}

function isFromOtherSite({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`
}

function showList({ site, url }: Visit): Answer {
  const search = (url.searchParams.get('q') ?? '').trim()
  const all = site.store.list()
  const query = {
    search,
    page: Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1,
    isLive: url.searchParams.has('live'),
  }
  return pageAnswer(
    listPage({ messages: searchMessages(all, search), total: all.length, query, now: new Date() }),
  )
}

async function removeMessages({ site, url }: Visit): Promise<Answer> {
  const spellings = url.searchParams.getAll('mentioning')
  const deleted = spellings.length > 0 ? await site.store.forget(spellings) : await site.store.clear()
  return jsonAnswer({ deleted })
}

async function clearFromPage({ site }: Visit): Promise<Answer> {
  await site.store.clear()
  return redirect('/')
}

async function showMessage({ site, url, parts: [, id = ''] }: Visit): Promise<Answer> {
  const stored = await site.store.read(id)
  if (!stored) return missing()
  const ids = site.store.list().map((entry) => entry.id)
  const place = ids.indexOf(id)
  return pageAnswer(
    messagePage({
      message: await parseMessage(id, stored),
      source: stored.content,
      view: MESSAGE_VIEWS.find((view) => view === url.searchParams.get('view')),
      newer: ids[place - 1],
      older: place === -1 ? undefined : ids[place + 1],
    }),
  )
}

async function showBody(visit: Visit): Promise<Answer> {
  const message = await readMessage(visit)
  return message ? { ...pageAnswer(bodyDocument(message)), policy: BODY_POLICY } : missing()
}

async function downloadAttachment(visit: Visit): Promise<Answer> {
  const part = (await readMessage(visit))?.attachments[Number(visit.parts[2])]
  return part
    ? { status: 200, type: 'application/octet-stream', body: part.content, filename: part.filename }
    : missing()
}

function listAsJson({ site, url }: Visit): Answer {
  const to = url.searchParams.get('to')?.toLowerCase()
  const limit = Number.parseInt(url.searchParams.get('limit') ?? '50', 10)
  const found = searchMessages(site.store.list(), url.searchParams.get('q') ?? '').filter(
    ({ envelope }) => to === undefined || envelope.to.some((address) => address.toLowerCase() === to),
  )
  return jsonAnswer({
    total: found.length,
    messages: found.slice(0, Number.isNaN(limit) ? undefined : Math.max(0, limit)),
  })
}

async function messageAsJson(visit: Visit): Promise<Answer> {
  const message = await readMessage(visit)
  if (!message) return missing()
  const attachments = message.attachments.map(({ content, ...part }) => ({ ...part, size: content.length }))
  return jsonAnswer({ ...message, attachments })
}

async function downloadMessage({ site, parts: [, id = ''] }: Visit): Promise<Answer> {
  const stored = await site.store.read(id)
  return stored
    ? { status: 200, type: 'message/rfc822', body: stored.content, filename: `${id}.eml` }
    : missing()
}

async function readMessage({ site, parts: [, id = ''] }: Visit): Promise<ParsedMessage | undefined> {
  const stored = await site.store.read(id)
  return stored && parseMessage(id, stored)
}
