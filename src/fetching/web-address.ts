import { isIP } from 'node:net'
import { FetchRefusedError } from './fetch-errors.js'
import type { WebAccess } from './web-access.js'

const LONGEST = 2000
/** Names that never belong to the public web (RFC 6761, 6762, 7686, 8375, and the ones that routers and clouds use). */
const INSIDE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|onion)$/

/** The address of a page, or where a redirect leads from `base`; throws `FetchRefusedError` for what we never open. */
export function webAddress(text: string, { ports }: Pick<WebAccess, 'ports'>, base?: URL): URL {
  const url = text.length <= LONGEST ? URL.parse(text, base?.href) : null
  if (!url || url.href.length > LONGEST) throw new FetchRefusedError('This is not a complete web address.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new FetchRefusedError('Only addresses that start with https:// or http:// can be read.')
  if (url.username || url.password)
    throw new FetchRefusedError('This address carries a name or a password; take them out.')
  if (!ports.includes(portOf(url))) throw new FetchRefusedError('This address names an unusual port.')
  if (base?.protocol === 'https:' && url.protocol === 'http:')
    throw new FetchRefusedError('The site leads from a safe address (https) to an unsafe one.')
  url.hostname = url.hostname.replace(/\.+$/, '')
  refuseInside(hostOf(url))
  url.hash = ''
  return url
}

/** The host as the resolver and the socket want it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
}

function refuseInside(host: string): void {
  const isName = isIP(host) === 0
  if (host === '' || (isName && (!host.includes('.') || INSIDE.test(host)))) throw leadsInside()
}

export function leadsInside(): FetchRefusedError {
  return new FetchRefusedError('This address leads into a private network; it is not opened.')
}
