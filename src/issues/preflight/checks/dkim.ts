import type { Remark } from '../finding.js'
import { domainOf, isExampleDomain, readTags } from '../sender-domain/read-records.js'
import type { Check } from '../subject.js'

/** Our signatures (RFC 6376): each key of ours stands in the DNS as it is. A relay may sign by itself, which nobody can see from here. */
export const dkim: Check = ({ issue, known }): Remark[] => {
  const facts = known.domain?.facts
  const sender = domainOf(issue.from_email)
  if (!facts || facts.trouble || isExampleDomain(sender)) return []
  const warn = (message: string): Remark => ({ severity: 'warning', field: 'from_email', message })
  if (facts.dkim.length === 0)
    return [
      warn(
        `DKIM: Carillon has no key for ${sender} and does not sign. Gmail, Yahoo and Outlook ask for a signature: set DKIM_KEYS, or make sure that your mail server signs with ${sender}, List-Unsubscribe-Post included.`,
      ),
    ]
  return facts.dkim.flatMap(({ name, expected, found }) => {
    if (found.some((record) => keyOf(record) === keyOf(expected))) return []
    const publish = `Publish this TXT record at ${name}: ${expected}`
    if (found.length === 0)
      return [warn(`DKIM: nothing stands at ${name}, so our signatures fail. ${publish}`)]
    return [warn(`DKIM: another key than ours stands at ${name}, so our signatures fail. ${publish}`)]
  })
}

/** The key itself, which may be written with spaces. */
function keyOf(record: string): string | null {
  return readTags(record)?.get('p')?.replace(/\s+/g, '') || null
}
