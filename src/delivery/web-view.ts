import { presentSubscriberId } from '../audience/present-subscriber.js'
import { createLinks, type DeliveryIds } from '../audience/tokens.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { mergeValues } from '../issues/merge-values.js'
import { renderEdition } from '../rendering/compile-edition.js'
import { withSubject } from '../rendering/compile-variants.js'
import { sendingIssue } from './sending-issue.js'

/** An issue's HTML as one reader got it, in their language; throws `NotFoundError` when that person never had a delivery of it. */
export async function webView(
  ctx: Pick<Context, 'db' | 'keys' | 'config'>,
  named: DeliveryIds,
): Promise<string> {
  const ids = { ...named, subscriberId: await presentSubscriberId(ctx.db, named.subscriberId) }
  const reader = await ctx.db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .innerJoin('issue', 'issue.id', 'delivery.issue_id')
    .select(['email', 'fields', 'subscriber.language'])
    .select(({ fn, lit }) => fn.coalesce('variant', 'subject_winner', lit(0)).as('variant'))
    .where('issue_id', '=', ids.issueId)
    .where('subscriber_id', '=', ids.subscriberId)
    .where('delivery.status', '!=', 'skipped')
    .executeTakeFirst()
  if (!reader) throw new NotFoundError('There is nothing at this address.')
  const issue = await sendingIssue(ctx.db, ids.issueId)
  const links = createLinks(ctx.keys, ctx.config.publicUrl, ids)
  const { edition: own, date } = issue.editionFor(reader.language)
  const edition = withSubject(own, reader.variant)
  return renderEdition(edition, mergeValues({ title: issue.title, date, edition }, reader, links)).html
}
