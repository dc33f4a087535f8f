/**
 * SQL that says whether the domain of a comparable address is suppressed; `emailKey` names a column. The domains are looked at only
 * when there is any, which is asked once for a whole statement: a mailing without them pays nothing.
 */
export function suppressedDomain(emailKey: string): string {
  const host = `split_part(${emailKey}, '@', 2)`
  return `(exists (select from suppression where domain is not null) and exists (
    select from suppression of_domain where of_domain.domain = any (domains_over(${host}))
      and (of_domain.includes_subdomains or of_domain.domain = ${host})))`
}
