import { createHash } from 'node:crypto'
import type { CompiledEdition } from '../compile-edition.js'
import { renderTemplate } from '../merge/render-template.js'
import type { MergeValues, Template } from '../merge/template.js'
import { Chunks } from './chunks.js'
import { mailboxField, textField, unfoldedField } from './header-field.js'
import { compilePart, renderPart, type WirePart } from './wire-part.js'

/** An edition in wire-ready pieces: everything that all readers share is encoded, once. */
export type WireEdition = {
  subject: Template
  text: WirePart
  html: WirePart
  boundary: string
}

type Mailbox = { name: string; address: string }

/** What the header of one message says; `fields` are ASCII, each on one line, in this order. */
export type MessageHeader = {
  from: Mailbox
  to: Mailbox
  replyTo: Mailbox | null
  /** With angle brackets. */
  messageId: string
  date: Date
  fields: Readonly<Record<string, string>>
}

/**
 * One message as it goes over the wire: header fields without their final CRLF, and the body with CRLF line ends. No line
 * begins with a dot, and relaxed canonicalization (RFC 6376 §3.4.4) leaves the body as it is.
 */
export type RenderedMessage = { fields: string[]; body: Buffer[] }

/** Makes an edition ready for the wire; costs some milliseconds, once for each issue, language and process. */
export function compileWire(edition: CompiledEdition): WireEdition {
  // Quoted-printable writes "=" as "=3D" and base64 holds no "_", so no body line can be the boundary.
  const boundary = `=_${createHash('sha256').update(JSON.stringify(edition.html)).digest('hex').slice(0, 24)}`
  return {
    subject: edition.subject,
    text: compilePart(edition.text),
    html: compilePart(edition.html),
    boundary,
  }
}

/** The message for one reader: the merged values are escaped for their place, encoded and spliced in. Pure. */
export function renderMessage(
  edition: WireEdition,
  values: MergeValues,
  header: MessageHeader,
): RenderedMessage {
  const { boundary, text, html } = edition
  const out = new Chunks()
  out.text(partHead(boundary, 'text/plain', text.encoding))
  renderPart(text, values, out)
  out.text(`\r\n${partHead(boundary, 'text/html', html.encoding)}`)
  renderPart(html, values, out)
  out.text(`\r\n--${boundary}--\r\n`)
  return {
    fields: headerFields(header, { subject: renderTemplate(edition.subject, values), boundary }),
    body: out.end(),
  }
}

function headerFields(header: MessageHeader, { subject, boundary }: { subject: string; boundary: string }) {
  const { from, to, replyTo, messageId, date, fields } = header
  return [
    mailboxField('From', from),
    mailboxField('To', to),
    ...(replyTo ? [mailboxField('Reply-To', replyTo)] : []),
    textField('Subject', subject),
    `Message-ID: ${messageId}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    ...Object.entries(fields).map(([name, value]) => unfoldedField(name, value)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ]
}

function partHead(boundary: string, type: string, encoding: string): string {
  return `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
}
