import type { Remark } from '../finding.js'
import { domainOf, isExampleDomain, isMailboxProvider } from '../sender-domain/read-records.js'
import type { Check } from '../subject.js'

/** The sender's address: one whose domain is ours to send with, and that takes answers. */
export const senderAddress: Check = ({ issue, known }): Remark[] => {
  const domain = domainOf(issue.from_email)
  const field = 'from_email'
  if (domain === '') return []
  if (isMailboxProvider(domain))
    return [
      {
        severity: 'error',
        field,
        message: `Mail from ${domain} that does not come from ${domain} itself is refused. Send with an address of your own domain; answers may go to ${issue.from_email}.`,
      },
    ]
  if (isExampleDomain(domain))
    return [
      {
        severity: 'warning',
        field,
        message: `${domain} is only for examples: no mail from it arrives. Enter an address of your own domain before you send to real people.`,
      },
    ]
  const remarks: Remark[] = []
  if (/^(no-?reply|do-?not-?reply|ne-?pas-?repondre)\b/i.test(issue.from_email))
    remarks.push({
      severity: 'warning',
      field,
      message:
        'People answer newsletters, and mail services like it when they can. Use an address that somebody reads.',
    })
  if (known.domain && !known.domain.facts.trouble && !known.domain.facts.takesMail)
    remarks.push({
      severity: 'warning',
      field,
      message: `No mail can be delivered to ${domain}: answers come back, and some providers refuse mail from such a domain. Give it an MX record.`,
    })
  return remarks
}
