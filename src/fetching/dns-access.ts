import { Resolver } from 'node:dns/promises'

/** What we ask the DNS; part of the context, so that tests can hand in a server of their own. Each throws when the DNS cannot be asked. */
export type DnsAccess = {
  /** The TXT records of a name, each put together from its pieces; none when there is no such name. */
  text(name: string): Promise<string[]>
  /** Whether mail to a domain has somewhere to go: an MX that is not empty (RFC 7505), or an address (RFC 5321 §5.1). */
  takesMail(domain: string): Promise<boolean>
}

const TIMEOUT_MS = 3000
const TRIES = 2
/** The DNS answers that there is no such name, or nothing of this kind. */
const NOTHING = new Set(['ENODATA', 'ENOTFOUND'])

/** The DNS as this machine asks it, or at `servers`, each an address with or without a port. */
export function publicDns({ servers }: { servers?: readonly string[] } = {}): DnsAccess {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
  if (servers) resolver.setServers(servers)
  return {
    text: async (name) => (await orNothing(resolver.resolveTxt(name))).map((pieces) => pieces.join('')),
    takesMail: async (domain) => {
      const exchanges = await orNothing(resolver.resolveMx(domain))
      if (exchanges.length > 0) return exchanges.some(({ exchange }) => exchange !== '' && exchange !== '.')
      const [four, six] = await Promise.all([
        orNothing(resolver.resolve4(domain)),
        orNothing(resolver.resolve6(domain)),
      ])
      return four.length + six.length > 0
    },
  }
}

async function orNothing<T>(question: Promise<T[]>): Promise<T[]> {
  try {
    return await question
  } catch (error) {
    const code = error && typeof error === 'object' && 'code' in error ? String(error.code) : ''
    if (NOTHING.has(code)) return []
    throw error
  }
}
