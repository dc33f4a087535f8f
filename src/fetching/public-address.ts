import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

// What ipaddr.js still calls unicast outside of it is unassigned or, like 3ffe::/16, given back.
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]
const GIVEN_BACK = ipaddr.parseCIDR('3ffe::/16') as [ipaddr.IPv6, number]
// An interface named 0:5efe:a.b.c.d or 200:5efe:a.b.c.d is the IPv4 host a.b.c.d behind an ISATAP tunnel (RFC 5214).
const ISATAP = 0x5efe

/**
 * Whether an address in dotted or colon form is one of a host on the public internet. Everything that leads back into a house
 * is not: loopback, private, link-local, shared, benchmark, documentation, multicast and reserved ranges, and every IPv6 form
 * that carries an IPv4 address inside (mapped, translated, 6to4, Teredo, ISATAP).
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return ipaddr.IPv4.parse(address).range() === 'unicast'
  // A zone such as %eth0 names a link of this machine.
  if (!isIPv6(address) || address.includes('%')) return false
  const parsed = ipaddr.IPv6.parse(address)
  return (
    parsed.range() === 'unicast' &&
    parsed.match(GLOBAL_UNICAST) &&
    !parsed.match(GIVEN_BACK) &&
    parsed.parts[5] !== ISATAP
  )
}
