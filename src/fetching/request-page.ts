import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { checkedAddresses } from './checked-addresses.js'
import type { WebAccess } from './web-access.js'
import { hostOf, portOf } from './web-address.js'

type Asked = { headers: Readonly<Record<string, string>>; signal: AbortSignal }

/** Sends one GET, without a cookie and over a connection of its own, and returns the answer once its headers are here. */
export async function requestPage(
  web: WebAccess,
  url: URL,
  { headers, signal }: Asked,
): Promise<IncomingMessage> {
  const addresses = await inTime(checkedAddresses(web, hostOf(url)), signal)
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest
    const request = send({
      host: hostOf(url),
      port: portOf(url),
      path: url.pathname + url.search,
      headers: { ...headers, Host: url.host, 'User-Agent': web.userAgent },
      // The socket dials what was checked: nobody is asked for the name a second time.
      lookup: only(addresses),
      agent: false,
      signal,
    })
    request.on('response', resolve).on('error', reject).end()
  })
}

function only(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_name, { all }, answer) => {
    const [first] = known
    if (all) answer(null, known)
    else answer(null, first?.address ?? '', first?.family)
  }
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
