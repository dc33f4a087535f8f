import type { Remark } from '../finding.js'
import { domainOf, isExampleDomain, readTags } from '../sender-domain/read-records.js'
import type { Check } from '../subject.js'

/** What receivers shall do with mail that only claims to be from the sender's domain (RFC 9989); bulk senders must say it. */
export const dmarc: Check = ({ issue, known }): Remark[] => {
  const facts = known.domain?.facts
  const sender = domainOf(issue.from_email)
  if (!facts || facts.trouble || isExampleDomain(sender)) return []
  const warn = (message: string): Remark[] => [{ severity: 'warning', field: 'from_email', message }]
  const publish = `Publish a TXT record at _dmarc.${facts.organization}, to begin with “v=DMARC1; p=none; rua=mailto:ADDRESS”; reports come to ADDRESS.`
  if (!facts.dmarc)
    return warn(
      `DMARC: ${sender} publishes no policy, and Gmail, Yahoo, Outlook and iCloud ask bulk senders for one. ${publish}`,
    )
  const { name, records } = facts.dmarc
  if (records.length > 1)
    return warn(
      `DMARC: there are ${records.length} records at _dmarc.${name}, which counts as none. Keep one.`,
    )
  const tags = readTags(records[0] ?? '')
  if (!tags) return warn(`DMARC: the record at _dmarc.${name} cannot be read. ${publish}`)
  const policy = tags.get('p')?.toLowerCase()
  if (policy !== undefined && !['none', 'quarantine', 'reject'].includes(policy))
    return warn(
      `DMARC: the record at _dmarc.${name} says p=${policy}; it must be none, quarantine or reject.`,
    )
  return strictRemarks(tags, { sender, signed: facts.dkim.length > 0, path: facts.spf.domain }).flatMap(warn)
}

type Path = { sender: string; signed: boolean; path: string }

function strictRemarks(tags: ReadonlyMap<string, string>, { sender, signed, path }: Path): string[] {
  const isStrict = tags.get('aspf')?.toLowerCase() === 's'
  return isStrict && !signed && path !== sender
    ? [
        `DMARC: the record asks for the very same domain (aspf=s), and bounces go to ${path}. Sign with DKIM_KEYS, or take aspf=s out.`,
      ]
    : []
}
