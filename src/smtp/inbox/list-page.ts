import { html, type Markup } from './html.js'
import type { MessageSummary } from './message-summary.js'
import { pageLayout } from './page-layout.js'
import { shownSize, shownTimeNear } from './shown.js'

/** What a reader of the list asked for; `page` counts from 1. */
type ListQuery = { search: string; page: number; isLive: boolean }

type ListPage = { messages: readonly MessageSummary[]; total: number; query: ListQuery; now: Date }

const PAGE_SIZE = 50
const REFRESH_SECONDS = 5

/** Shows the messages that match, newest first, fifty a page; `total` is how many the inbox holds. */
export function listPage({ messages, total, query, now }: ListPage): string {
  const pages = Math.max(1, Math.ceil(messages.length / PAGE_SIZE))
  const page = Math.min(Math.max(1, query.page), pages)
  const shown = messages.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const content = html`<div class="heading">
<h1>Messages</h1>
<p class="count">${countSentence(messages.length, total, query.search)}</p>
</div>
${toolbar(query, total)}
${shown.length > 0 ? html`<ol class="messages">${shown.map((message) => row(message, now))}</ol>` : emptyState(query.search)}
${pages > 1 && pager(query, page, pages)}`
  return pageLayout({ title: 'Messages', content, ...(query.isLive && { refreshSeconds: REFRESH_SECONDS }) })
}

function countSentence(found: number, total: number, search: string): string {
  const all = `${total.toLocaleString('en')} ${total === 1 ? 'message' : 'messages'}`
  return search ? `${found.toLocaleString('en')} of ${all}` : all
}

function toolbar(query: ListQuery, total: number): Markup {
  return html`<div class="toolbar">
<form class="search" action="/" role="search">
<label class="hidden" for="q">Search by address or subject</label>
<input id="q" name="q" type="search" value="${query.search}" placeholder="Address or subject">
${query.isLive && html`<input type="hidden" name="live" value="1">`}
<button>Search</button>
</form>
<div class="actions">
<a class="button" href="${listAddress({ ...query, isLive: !query.isLive })}">${query.isLive ? 'Stop refreshing' : 'Refresh every 5 s'}</a>
${total > 0 && emptyInboxForm()}
</div>
</div>`
}

function emptyInboxForm(): Markup {
  return html`<details class="empty-inbox">
<summary class="button">Empty inbox…</summary>
<form method="post" action="/messages/clear">
<p>Every message is deleted for good.</p>
<button class="danger">Delete all messages</button>
</form>
</details>`
}

function row({ id, envelope, from, subject, receivedAt, size }: MessageSummary, now: Date): Markup {
  return html`<li><a class="row" href="/messages/${id}">
<span class="to">${envelope.to.join(', ') || 'nobody'}</span>
<time datetime="${receivedAt.toISOString()}">${shownTimeNear(receivedAt, now)}</time>
<span class="subject">${subject || html`<em>no subject</em>`}</span>
<span class="from">${from || envelope.from} · ${shownSize(size)}</span>
</a></li>`
}

function emptyState(search: string): Markup {
  if (search)
    return html`<div class="empty"><p>No message matches “${search}”.</p><p><a href="/">Show all messages</a></p></div>`
  return html`<div class="empty"><p>Nothing here yet.</p><p>Send an issue or sign up for a list, and the mail appears on this page.</p></div>`
}

function pager(query: ListQuery, page: number, pages: number): Markup {
  return html`<nav class="pager" aria-label="Pages">
${page > 1 ? html`<a class="button" rel="prev" href="${listAddress({ ...query, page: page - 1 })}">Newer</a>` : html`<span></span>`}
<span>Page ${page} of ${pages}</span>
${page < pages ? html`<a class="button" rel="next" href="${listAddress({ ...query, page: page + 1 })}">Older</a>` : html`<span></span>`}
</nav>`
}

function listAddress({ search, page, isLive }: ListQuery): string {
  const params = new URLSearchParams({
    ...(search && { q: search }),
    ...(page > 1 && { page: String(page) }),
    ...(isLive && { live: '1' }),
  })
  return params.size > 0 ? `/?${params}` : '/'
}
