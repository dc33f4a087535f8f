import type { Remark } from '../finding.js'
import { domainOf, isAligned, isExampleDomain, spfTerms } from '../sender-domain/read-records.js'
import type { Check } from '../subject.js'

/** RFC 7208 §4.6.4. */
const MOST_LOOKUPS = 10

/** The servers that may send with the domain of the return path (RFC 7208), and whether it belongs to the sender's. */
export const spf: Check = ({ issue, known }): Remark[] => {
  const facts = known.domain?.facts
  const sender = domainOf(issue.from_email)
  if (!facts || facts.trouble || isExampleDomain(sender)) return []
  const { domain, records, lookups } = facts.spf
  const warn = (message: string): Remark => ({ severity: 'warning', field: 'from_email', message })
  const remarks: Remark[] = []
  const [record] = records
  if (!record)
    remarks.push(
      warn(
        `SPF: ${domain} does not say which servers may send its mail. Publish a TXT record at ${domain}, such as “v=spf1 include:SERVER ~all”; your mail provider tells what stands for SERVER.`,
      ),
    )
  else if (records.length > 1)
    remarks.push(
      warn(
        `SPF: ${domain} has ${records.length} records, which counts as none. Put them together in one TXT record.`,
      ),
    )
  else {
    if (spfTerms(record).some(({ name, qualifier }) => name === 'all' && qualifier === '+'))
      remarks.push(warn(`SPF: the record of ${domain} allows everybody (+all). End it with ~all or -all.`))
    if (lookups > MOST_LOOKUPS)
      remarks.push(
        warn(
          `SPF: the record of ${domain} leads to more than ten others, which counts as an error. Take includes out.`,
        ),
      )
  }
  if (!isAligned(sender, domain, facts.organization))
    remarks.push(
      warn(
        `SPF: bounces go to ${domain}, which does not belong to ${sender}, so SPF says nothing for the sender. Choose a BOUNCE_DOMAIN below ${facts.organization}.`,
      ),
    )
  return remarks
}
