import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isPublicAddress } from '../../src/fetching/public-address.js'
import type { WebAccess } from '../../src/fetching/web-access.js'

/** A little web of this machine: names that tests give away, each a server of theirs; 127.0.0.1 counts as a public address in it. */
export type TestWeb = WebAccess & {
  ports: number[]
  /** What each name stands for; a function is asked anew each time. */
  names: Map<string, string[] | (() => string[])>
  /** Every name that was looked up, in order. */
  lookups: string[]
}

export function createTestWeb(): TestWeb {
  const names: TestWeb['names'] = new Map()
  const lookups: string[] = []
  return {
    names,
    lookups,
    ports: [80, 443],
    userAgent: 'Carillon/0.1 (newsletter service; +https://news.example.org)',
    mayReach: (address) => address === '127.0.0.1' || isPublicAddress(address),
    resolve: async (name) => {
      lookups.push(name)
      const known = names.get(name)
      return typeof known === 'function' ? known() : (known ?? [])
    },
  }
}

export type TestSite = { origin: string; port: number; close(): Promise<void> }

/** Puts a site of the test's own into its web, under a name. */
export async function openTestSite(web: TestWeb, name: string, answer: RequestListener): Promise<TestSite> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  web.ports.push(port)
  web.names.set(name, ['127.0.0.1'])
  return {
    port,
    origin: `http://${name}:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
