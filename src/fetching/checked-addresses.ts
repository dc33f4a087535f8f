import { isIP } from 'node:net'
import { FetchFailedError } from './fetch-errors.js'
import type { WebAccess } from './web-access.js'
import { leadsInside } from './web-address.js'

/** The addresses of a host; throws `FetchRefusedError` as soon as one of them is not public, since any could be dialled. */
export async function checkedAddresses(
  { resolve, mayReach }: WebAccess,
  host: string,
): Promise<readonly string[]> {
  const addresses = isIP(host) ? [host] : await resolve(host).catch(nothing)
  if (addresses.length === 0) throw new FetchFailedError('There is no site at this address.')
  if (!addresses.every(mayReach)) throw leadsInside()
  return addresses
}

// When the resolver itself is out of reach, nothing is known of the site.
function nothing(error: unknown): readonly string[] {
  if (error && typeof error === 'object' && 'code' in error && error.code === 'EAI_AGAIN') throw error
  return []
}
