import type { Suppression } from '../../db/tables/suppression.js'

const REASONS: Readonly<Record<Suppression['reason'], string>> = {
  'hard-bounce': 'hard bounce',
  complaint: 'complaint',
  'unsubscribe-all': 'unsubscribed from everything',
  manual: 'by hand',
  erased: 'erased',
}

/** The reasons of suppressions as options of a select. */
export const REASON_OPTIONS = Object.entries(REASONS).map(([value, words]) => ({
  value,
  label: `${words[0]?.toUpperCase()}${words.slice(1)}`,
}))

/** What is suppressed, and why, in words; of somebody erased nothing is left to say. */
export function suppressionWords({
  email_key,
  domain,
  includes_subdomains,
  reason,
}: Pick<Suppression, 'email_key' | 'domain' | 'includes_subdomains' | 'reason'>): {
  what: string
  reasonWords: string
} {
  const wide = includes_subdomains ? ' and every domain below it' : ''
  const what = email_key ?? (domain ? `${domain}${wide}` : 'somebody who was erased')
  return { what, reasonWords: REASONS[reason] }
}
