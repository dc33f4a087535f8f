import type { ServerResponse } from 'node:http'
import { html } from './html.js'
import { PAGE_POLICY, pageLayout } from './page-layout.js'

/** What goes back to the browser; a `filename` makes it a download, `policy` replaces our own content policy. */
export type Answer = {
  status: number
  type: string
  body: string | Buffer
  policy?: string
  filename?: string
  location?: string
}

/** A page of ours. */
export function pageAnswer(body: string): Answer {
  return { status: 200, type: 'text/html; charset=utf-8', body }
}

/** A value as JSON; dates become ISO 8601 in UTC. */
export function jsonAnswer(value: unknown): Answer {
  return { status: 200, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` }
}

/** Sends the browser on after a post. */
export function redirect(location: string): Answer {
  return { status: 303, type: 'text/plain', body: '', location }
}

/** There is no such page or message (any more). */
export function missing(): Answer {
  const content = html`<div class="empty"><h1>This message or page is not here</h1>
<p>Perhaps it made room for newer ones. <a href="/">Show all messages</a></p></div>`
  return { ...pageAnswer(pageLayout({ title: 'Not found', content })), status: 404 }
}

/** The address exists, but not for this method. */
export function wrongMethod(): Answer {
  return { status: 405, type: 'text/plain', body: 'Not with this method.\n' }
}

/** The request was meant for a host name that is not this machine's own. */
export function badHost(): Answer {
  return { status: 403, type: 'text/plain', body: 'The inbox answers to localhost and 127.0.0.1 only.\n' }
}

/** Writes an answer with headers that let a hostile mail do nothing: no sniffing, no referrer, no script, no caching. */
export function writeAnswer(
  response: ServerResponse,
  { status, type, body, policy, filename, location }: Answer,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': policy ?? PAGE_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    ...(filename !== undefined && {
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeFilename(filename)}`,
    }),
    ...(location !== undefined && { Location: location }),
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

// RFC 8187 §3.2: everything but a few marks is percent-encoded; lone surrogates cannot be.
function encodeFilename(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
