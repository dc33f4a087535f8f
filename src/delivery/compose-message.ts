import { wireAddress } from '../audience/address.js'
import { mailtoLocalPart } from '../audience/mailto-token.js'
import { createLinks, type DeliveryIds } from '../audience/tokens.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { mergeValues } from '../issues/merge-values.js'
import { renderMessage } from '../rendering/wire/wire-edition.js'
import type { WireMessage } from '../smtp/mailer.js'
import type { ReadyIssue } from './sending-issue.js'
import { verpLocalPart } from './verp.js'

/** A list that an issue goes to, as the headers name it. */
export type IssueList = { slug: string; name: string }

/** What all mails of one issue share; `lists` by id. */
export type SendingIssue<E> = {
  id: string
  title: string
  from: { name: string; address: string }
  replyTo: string | null
  lists: ReadonlyMap<string, IssueList>
  /** The edition of a reader's language; null: nobody knows it. */
  editionFor(language: string | null): E
}

type Needs = Pick<Context, 'config' | 'keys' | 'clock' | 'dkim'>

/** The reader of one delivery, with the list that the mail names. */
export type Recipient = {
  id: string
  subscriberId: string
  listId: string
  email: string
  language: string | null
  fields: Record<string, string>
  /** The subject they get: 0, the issue's own, unless said. */
  variant?: number
}

/**
 * The message of one delivery, with the headers of bulk mail: one-click unsubscribe (RFC 8058), List-Id (RFC 2919),
 * Feedback-ID, and a Message-ID that a retry of the same delivery keeps; signed where its sender's domain has keys.
 */
export async function composeMessage(
  ctx: Needs,
  issue: ReadyIssue,
  recipient: Recipient,
): Promise<WireMessage> {
  const list = issue.lists.get(recipient.listId)
  if (!list) throw new NotFoundError('This issue does not go to that list.')
  const ids = { issueId: issue.id, subscriberId: recipient.subscriberId }
  const links = createLinks(ctx.keys, ctx.config.publicUrl, ids)
  const date = ctx.clock.now()
  const address = wireAddress(recipient.email)
  const from = { name: displayName(issue.from.name), address: issue.from.address }
  const name = [recipient.fields['FIRSTNAME'], recipient.fields['LASTNAME']].filter(Boolean).join(' ')
  const own = issue.editionFor(recipient.language)
  const { edition, date: day, wire } = own.variants[(recipient.variant ?? 0) - 1] ?? own
  const values = mergeValues({ title: issue.title, date: day, edition }, recipient, links)
  const { fields, body } = renderMessage(wire, values, {
    from,
    to: { name: displayName(name), address },
    replyTo: issue.replyTo ? { ...from, address: issue.replyTo } : null,
    messageId: `<${recipient.id}@${domainOf(issue.from.address)}>`,
    date,
    fields: bulkHeaders(ctx, { issue, list, unsubscribe: waysOut(ctx, ids, links.UNSUBSCRIBE) }),
  })
  const signer = ctx.dkim.get(issue.senderDomain)
  const signatures = signer ? await signer.sign(fields, body, date) : []
  const chunks = [Buffer.from(`${[...signatures, ...fields].join('\r\n')}\r\n\r\n`), ...body]
  return {
    envelope: { from: returnPath(ctx, issue.from.address, recipient.id), to: address },
    chunks,
    size: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    needsSmtpUtf8: /[^ -~]/.test(address),
    envelopeId: recipient.id,
  }
}

// A return path of its own for each delivery, so that a bounce tells whose it is (VERP).
function returnPath({ config, keys }: Needs, from: string, deliveryId: string): string {
  return config.bounceDomain ? `${verpLocalPart(keys, deliveryId)}@${config.bounceDomain}` : from
}

// HTTPS first (RFC 8058 §3.1); some programs know only mail, and drop whatever a mailto address says besides the mailbox.
function waysOut({ config, keys }: Needs, ids: DeliveryIds, url: string): string {
  if (!config.unsubscribeDomain) return `<${url}>`
  const mailbox = `${mailtoLocalPart(keys, ids)}@${config.unsubscribeDomain}`
  return `<${url}>, <mailto:${mailbox}?subject=unsubscribe>`
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

function bulkHeaders(
  { config }: Needs,
  { issue, list, unsubscribe }: { issue: { id: string }; list: IssueList; unsubscribe: string },
): Record<string, string> {
  const host = new URL(config.publicUrl).hostname
  return {
    'List-Unsubscribe': unsubscribe,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `"${asciiName(list.name)}" <${list.slug}.lists.${host}>`,
    'List-Post': 'NO',
    'Feedback-ID': `${issue.id}:${list.slug}:newsletter:${config.senderId}`,
    Precedence: 'bulk',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
  }
}

/** A name that cannot be read as an address list or start a line. */
export function displayName(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}<>",;:@\\]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
}

function asciiName(name: string): string {
  return displayName(name.normalize('NFKD').replace(/[^ -~]/g, ''))
}
