import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** Where bounces go: a domain that takes mail, or nobody hears of them, and some providers refuse what comes from it. */
export const bounceDomain: Check = ({ bounceDomain: domain, known }): Remark[] => {
  const facts = known.domain?.facts
  if (domain === null || !facts || facts.trouble || facts.bouncesArrive) return []
  return [
    {
      severity: 'warning',
      field: 'from_email',
      message: `Bounces go to ${domain}, which takes no mail. Give it an MX record that leads to the server that reads bounces.`,
    },
  ]
}
