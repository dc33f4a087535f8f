import type { DnsAccess } from '../../src/fetching/dns-access.js'

/** A little DNS of a test's own. */
export type TestDns = DnsAccess & {
  /** TXT records by name; an error is what asking for them throws. */
  records: Map<string, string[] | Error>
  /** Domains that take mail. */
  mail: Set<string>
}

export function createTestDns(): TestDns {
  const records: TestDns['records'] = new Map()
  const mail = new Set<string>()
  return {
    records,
    mail,
    text: async (name) => {
      const found = records.get(name) ?? []
      if (found instanceof Error) throw found
      return found
    },
    takesMail: async (domain) => mail.has(domain),
  }
}
