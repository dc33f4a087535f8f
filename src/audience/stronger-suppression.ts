const BY_GRAVITY = `array['manual', 'hard-bounce', 'unsubscribe-all', 'complaint']`

/**
 * SQL that ends an `insert into suppression` of addresses or of domains: what is suppressed already takes the graver reason of the two, so that
 * nothing takes back what the person said, and keeps its notes and its time; a domain is never narrowed. One statement may not name the same twice.
 */
export function strengthening(column: 'email_key' | 'domain'): string {
  return `on conflict (${column}) do update set
    reason = case when ${isGraver('excluded', 'suppression')} then excluded.reason else suppression.reason end,
    note = concat_ws('; ', nullif(suppression.note, ''), nullif(nullif(excluded.note, ''), suppression.note)),
    includes_subdomains = suppression.includes_subdomains or excluded.includes_subdomains
  where ${isGraver('excluded', 'suppression')} or (excluded.includes_subdomains and not suppression.includes_subdomains)`
}

/** SQL that says whether one row of `suppression` has a graver reason than another. */
function isGraver(one: string, other: string): string {
  return `array_position(${BY_GRAVITY}, ${one}.reason) > array_position(${BY_GRAVITY}, ${other}.reason)`
}
