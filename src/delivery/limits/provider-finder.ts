import { providerOfDomain, providerOfMailServers } from './providers.js'

export type ResolveMx = (domain: string) => Promise<readonly { exchange: string; priority: number }[]>

const KEPT = 50_000
const AT_ONCE = 16

/**
 * Finds out who operates a mailbox: at once by its domain, else by the mail servers of the domain, which are looked up once in the
 * background. Nobody waits for a name server: until its answer is there, such a domain belongs to nobody.
 */
export class ProviderFinder {
  readonly #found = new Map<string, string | null>()
  readonly #resolve: ResolveMx
  #asking = 0

  constructor(resolve: ResolveMx) {
    this.#resolve = resolve
  }

  /** The provider of an address, or null; looks up mail servers only where `lookUp` says that it matters. */
  of(address: string, lookUp: boolean): string | null {
    const domain = address.slice(address.lastIndexOf('@') + 1)
    const known = providerOfDomain(domain)
    if (known) return known
    const found = this.#found.get(domain)
    if (found === undefined && lookUp && this.#asking < AT_ONCE) void this.#ask(domain)
    return found ?? null
  }

  async #ask(domain: string): Promise<void> {
    this.#asking++
    if (this.#found.size >= KEPT) this.#found.clear()
    this.#found.set(domain, null)
    try {
      const servers = await this.#resolve(domain)
      this.#found.set(domain, providerOfMailServers(servers.map(({ exchange }) => exchange)))
    } catch {
      // No answer is an answer, too: the mail itself will show.
    } finally {
      this.#asking--
    }
  }
}
