import type { Check } from '../subject.js'

/** How many people get it; who is left out and why stands in the panel beside the findings. */
export const audience: Check = ({ issue, known }) => {
  const facts = known.audience?.facts
  if (!facts || issue.listIds.length === 0 || known.audience?.isOutdated || facts.recipients > 0) return []
  return [
    {
      severity: 'error',
      field: 'listIds',
      message:
        issue.segments.length > 0
          ? 'Nobody on these lists and in these segments would get it. Choose others.'
          : 'Nobody on these lists would get it. Choose others, or add subscribers first.',
    },
  ]
}
