import { sql } from 'kysely'
import type { DatabaseOrTx } from '../../../db/database.js'
import { providerOfDomain } from '../limits/providers.js'
import { everybody, type OutcomeCounts, outcomeCounts, type StatusCount } from './outcome-counts.js'

/** An issue's outcomes at one provider of mailboxes; null: everybody whose domain belongs to none of the known ones. */
export type ProviderOutcomes = { provider: string | null; counts: OutcomeCounts }

/** How an issue went at each provider of mailboxes, the largest first and all others last. */
export async function outcomesByProvider(
  db: DatabaseOrTx,
  { issueId, month }: { issueId: string; month: string },
): Promise<ProviderOutcomes[]> {
  const { rows } = await sql<StatusCount & { domain: string | null }>`
    select substring(p.email_key from '[^@]*$') as domain, d.status, count(*)::int as count
    from delivery d left join subscriber p on p.id = d.subscriber_id
    where d.issue_id = ${issueId} and d.month = ${month}::date
    group by 1, 2`.execute(db)
  const groups = new Map<string | null, StatusCount[]>()
  for (const { domain, status, count } of rows) {
    const provider = providerOfDomain(domain ?? '')
    groups.set(provider, [...(groups.get(provider) ?? []), { status, count }])
  }
  return [...groups]
    .map(([provider, found]) => ({ provider, counts: outcomeCounts(found) }))
    .sort((a, b) => rank(b) - rank(a))
}

function rank({ provider, counts }: ProviderOutcomes): number {
  return provider === null ? -1 : everybody(counts)
}
