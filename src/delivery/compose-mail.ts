import { wireAddress } from '../audience/address.js'
import { createLinks } from '../audience/tokens.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { mergeValues } from '../issues/merge-values.js'
import { type CompiledEdition, renderEdition } from '../rendering/compile-edition.js'
import type { Mail } from '../smtp/mailer.js'
import type { ClaimedDelivery } from './claim-deliveries.js'

/** A list that an issue goes to, as the headers name it. */
export type IssueList = { slug: string; name: string }

/** What all mails of one issue share; `lists` by id. */
export type SendingIssue = {
  id: string
  title: string
  from: { name: string; address: string }
  replyTo: string | null
  lists: ReadonlyMap<string, IssueList>
  date: string
  edition: CompiledEdition
}

type Needs = Pick<Context, 'config' | 'keys' | 'clock'>

/**
 * The mail of one delivery, with the headers of bulk mail: one-click unsubscribe (RFC 8058), List-Id (RFC 2919),
 * Feedback-ID, and a Message-ID that a retry of the same delivery keeps.
 */
export function composeMail(ctx: Needs, issue: SendingIssue, delivery: ClaimedDelivery): Mail {
  const list = issue.lists.get(delivery.listId)
  if (!list) throw new NotFoundError('This issue does not go to that list.')
  const links = createLinks(ctx.keys, ctx.config.publicUrl, {
    issueId: issue.id,
    subscriberId: delivery.subscriberId,
  })
  const values = mergeValues(issue, delivery, links)
  const { subject, html, text } = renderEdition(issue.edition, values)
  const name = [delivery.fields['FIRSTNAME'], delivery.fields['LASTNAME']].filter(Boolean).join(' ')
  return {
    from: { name: displayName(issue.from.name), address: issue.from.address },
    to: { name: displayName(name), address: wireAddress(delivery.email) },
    ...(issue.replyTo ? { replyTo: { name: displayName(issue.from.name), address: issue.replyTo } } : {}),
    subject,
    html,
    text,
    messageId: `<${delivery.id}@${issue.from.address.split('@').at(-1)}>`,
    date: ctx.clock.now(),
    headers: bulkHeaders(ctx, { issue, list, unsubscribeUrl: links.UNSUBSCRIBE }),
    envelope: { from: issue.from.address, to: wireAddress(delivery.email) },
  }
}

function bulkHeaders(
  { config }: Needs,
  { issue, list, unsubscribeUrl }: { issue: SendingIssue; list: IssueList; unsubscribeUrl: string },
): Record<string, string> {
  const host = new URL(config.publicUrl).hostname
  return {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
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
