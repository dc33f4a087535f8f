import { html, type Markup } from './html.js'
import { pageLayout } from './page-layout.js'
import type { ParsedMessage } from './parse-message.js'
import { shownSize, shownTime } from './shown.js'
import { unsubscribeLinks } from './unsubscribe-links.js'

export const MESSAGE_VIEWS = ['html', 'text', 'headers', 'source'] as const
type MessageView = (typeof MESSAGE_VIEWS)[number]

type MessagePage = {
  message: ParsedMessage
  source: Buffer
  /** Undefined shows the HTML if there is any. */
  view: MessageView | undefined
  newer: string | undefined
  older: string | undefined
}

const VIEW_NAMES: Readonly<Record<MessageView, string>> = {
  html: 'HTML',
  text: 'Plain text',
  headers: 'Headers',
  source: 'Source',
}
const LONGEST_SOURCE_BYTES = 1_000_000

/** Shows one message: who, what and when, then one of its four views. */
export function messagePage(page: MessagePage): string {
  const { message, source } = page
  const view = page.view ?? (message.html === null ? 'text' : 'html')
  const content = html`<nav class="crumbs" aria-label="Messages">
<a href="/">← All messages</a>
<span class="neighbours">${page.newer && html`<a href="/messages/${page.newer}">Newer</a>`} ${page.older && html`<a href="/messages/${page.older}">Older</a>`}</span>
</nav>
<h1 class="title">${message.subject || html`<em>no subject</em>`}</h1>
${summary(message, source.length)}
${tabs(message.id, view)}
<section class="panel panel-${view}" aria-label="${VIEW_NAMES[view]}">${panel(view, message, source)}</section>`
  return pageLayout({ title: message.subject || 'No subject', content })
}

function summary(message: ParsedMessage, size: number): Markup {
  const { envelope, from, to, attachments } = message
  return html`<dl class="summary">
<dt>From</dt><dd>${from ? mailbox(from) : html`<em>nobody</em>`}</dd>
<dt>To</dt><dd>${list(to.map(mailbox))}</dd>
<dt>Envelope</dt><dd>${envelope.from ? html`<code>${envelope.from}</code>` : html`<em>empty sender</em>`} → ${list(envelope.to.map((address) => html`<code>${address}</code>`))}</dd>
<dt>Received</dt><dd><time datetime="${message.receivedAt.toISOString()}">${shownTime(message.receivedAt)}</time> · ${shownSize(size)}</dd>
${unsubscribe(message)}
${attachments.length > 0 && html`<dt>Attached</dt><dd>${list(attachments.map((part, index) => attachment(message.id, part, index)))}</dd>`}
</dl>`
}

function mailbox({ name, address }: { name: string; address: string }): Markup {
  return name ? html`${name} <span class="address">&lt;${address}&gt;</span>` : html`${address}`
}

function list(entries: Markup[]): Markup {
  return html`${entries.map((entry, index) => html`${index > 0 && ', '}${entry}`)}`
}

function attachment(id: string, part: ParsedMessage['attachments'][number], index: number): Markup {
  return html`<a href="/messages/${id}/attachments/${index}">${part.filename}</a> (${shownSize(part.content.length)})`
}

function unsubscribe(message: ParsedMessage): Markup | null {
  const found = unsubscribeLinks(message)
  if (!found) return null
  return html`<dt>Unsubscribe</dt><dd>${list(found.links.map((link) => (isWebAddress(link) ? outsideLink(link) : html`<code>${link}</code>`)))}
${found.isOneClick && html`<span class="badge">one click</span>`} <span class="note">The inbox never opens these by itself.</span></dd>`
}

function tabs(id: string, current: MessageView): Markup {
  return html`<nav class="tabs" aria-label="Views of the message">
${MESSAGE_VIEWS.map((view) => html`<a href="/messages/${id}?view=${view}"${view === current && html` aria-current="page"`}>${VIEW_NAMES[view]}</a>`)}
</nav>`
}

function panel(view: MessageView, message: ParsedMessage, source: Buffer): Markup {
  switch (view) {
    case 'html':
      return htmlPanel(message)
    case 'text':
      return message.text === null
        ? html`<p class="missing">This message has no plain text.</p>`
        : html`<pre>${withLinks(message.text)}</pre>`
    case 'headers':
      return headersPanel(message)
    case 'source':
      return sourcePanel(message.id, source)
  }
}

function htmlPanel({ id, html: body }: ParsedMessage): Markup {
  if (body === null) return html`<p class="missing">This message has no HTML.</p>`
  return html`<iframe src="/messages/${id}/body" title="The message as its reader sees it" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
<p class="note"><a href="/messages/${id}/body" target="_blank" rel="noreferrer">Open in a tab of its own</a></p>`
}

function headersPanel({ headers }: ParsedMessage): Markup {
  return html`<table><thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead>
<tbody>${headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>`
}

function sourcePanel(id: string, source: Buffer): Markup {
  const isCut = source.length > LONGEST_SOURCE_BYTES
  return html`<p class="note">${isCut && `The first ${shownSize(LONGEST_SOURCE_BYTES)} of ${shownSize(source.length)}. `}<a href="/api/messages/${id}/raw">Download the whole message</a></p>
<pre>${source.toString('utf8', 0, LONGEST_SOURCE_BYTES)}</pre>`
}

// Splitting at a pattern with one group leaves the web addresses at the odd places.
function withLinks(text: string): Markup[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
    .map((piece, index) => (index % 2 === 1 ? outsideLink(piece) : html`${piece}`))
}

function isWebAddress(link: string): boolean {
  return /^https?:\/\//i.test(link)
}

function outsideLink(address: string): Markup {
  return html`<a href="${address}" target="_blank" rel="noreferrer">${address}</a>`
}
