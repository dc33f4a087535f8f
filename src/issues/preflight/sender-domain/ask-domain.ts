import type { DnsAccess } from '../../../fetching/dns-access.js'
import type { DomainFacts } from '../background/facts.js'
import { asksAgain, isDmarc, isSpf, readTags, spfTerms } from './read-records.js'

/** What is asked: the domain of the sender, that of the return path, and our own keys by the names of their records. */
export type AskedDomain = {
  domain: string
  bounceDomain: string | null
  keys: readonly { name: string; value: string }[]
}

/** RFC 9989: a walk up the tree asks at most so often. */
const MOST_STEPS = 8
/** RFC 7208 §4.6.4 allows ten; more need not be counted. */
const MOST_LOOKUPS = 11

/** Asks the DNS everything about a sender domain; where it cannot be asked, `trouble` says so and the rest is empty. */
export async function askDomain(dns: DnsAccess, asked: AskedDomain): Promise<DomainFacts> {
  try {
    return await facts(dns, asked)
  } catch {
    return {
      trouble: 'The DNS could not be asked.',
      spf: { domain: asked.bounceDomain ?? asked.domain, records: [], lookups: 0 },
      dmarc: null,
      organization: asked.domain,
      dkim: [],
      takesMail: true,
      bouncesArrive: true,
    }
  }
}

async function facts(dns: DnsAccess, { domain, bounceDomain, keys }: AskedDomain): Promise<DomainFacts> {
  const path = bounceDomain ?? domain
  const [spf, dmarc, dkim, takesMail, bouncesArrive] = await Promise.all([
    askSpf(dns, path),
    walk(dns, domain),
    Promise.all(
      keys.map(async ({ name, value }) => ({ name, expected: value, found: await dns.text(name) })),
    ),
    dns.takesMail(domain),
    dns.takesMail(path),
  ])
  return { trouble: null, spf, ...dmarc, dkim, takesMail, bouncesArrive }
}

async function askSpf(dns: DnsAccess, domain: string): Promise<DomainFacts['spf']> {
  const records = (await dns.text(domain)).filter(isSpf)
  const [only] = records
  const lookups = only && records.length === 1 ? await countLookups(dns, only, { left: MOST_LOOKUPS }) : 0
  return { domain, records, lookups }
}

async function countLookups(dns: DnsAccess, record: string, budget: { left: number }): Promise<number> {
  let count = 0
  for (const term of spfTerms(record).filter(asksAgain)) {
    if (budget.left <= 0) break
    budget.left--
    count++
    const isNested = term.name === 'include' || term.name === 'redirect'
    if (!isNested || term.value === '' || term.value.includes('%')) continue
    const inner = (await dns.text(term.value)).find(isSpf)
    if (inner) count += await countLookups(dns, inner, budget)
  }
  return count
}

/** The walk up the tree of RFC 9989: the nearest record holds; the organizational domain is where `psd=n` stands, else the highest with a record. */
async function walk(dns: DnsAccess, domain: string): Promise<Pick<DomainFacts, 'dmarc' | 'organization'>> {
  const found: { name: string; records: string[] }[] = []
  for (const name of steps(domain)) {
    const records = (await dns.text(`_dmarc.${name}`)).filter(isDmarc)
    if (records.length === 0) continue
    const psd = readTags(records[0] ?? '')?.get('psd')
    // A registry's own record is nobody's organization.
    if (psd === 'y' && name !== domain) break
    found.push({ name, records })
    if (psd === 'n') break
  }
  return { dmarc: found[0] ?? null, organization: found.at(-1)?.name ?? domain }
}

/** The domain and those above it, without the top; of a very long name the middle is left out. */
function steps(domain: string): string[] {
  const labels = domain.split('.')
  const names = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
  return names.length <= MOST_STEPS ? names : [domain, ...names.slice(-(MOST_STEPS - 1))]
}
