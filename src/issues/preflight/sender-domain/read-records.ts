/** The tags of a DMARC or DKIM record by name, in lower case; null for what is no such list (RFC 6376 §3.2). Unknown tags are kept. */
export function readTags(record: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of record.split(';')) {
    if (part.trim() === '') continue
    const [, name = '', value = ''] = /^\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*([^]*?)\s*$/.exec(part) ?? []
    if (name === '' || tags.has(name.toLowerCase())) return null
    tags.set(name.toLowerCase(), value)
  }
  return tags.size > 0 ? tags : null
}

/** Whether a TXT record is one of DMARC: its first tag says so (RFC 9989, "DMARC Policy Record Format"). */
export function isDmarc(record: string): boolean {
  return /^v\s*=\s*DMARC1\s*(;|$)/.test(record)
}

/** Whether a TXT record is one of SPF (RFC 7208 §4.5). */
export function isSpf(record: string): boolean {
  return /^v=spf1( |$)/i.test(record)
}

/** A term of an SPF record: a mechanism with its qualifier, or a modifier (RFC 7208 §4.6.1). */
export type SpfTerm = { qualifier: '+' | '-' | '~' | '?'; name: string; value: string }

/** The terms of an SPF record in their order. */
export function spfTerms(record: string): SpfTerm[] {
  return record
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((term) => {
      const [, qualifier = '', name = '', value = ''] = /^([+\-~?]?)([a-z0-9]*)[:=/]?(.*)$/i.exec(term) ?? []
      return { qualifier: (qualifier || '+') as SpfTerm['qualifier'], name: name.toLowerCase(), value }
    })
}

/** The terms that make a receiver ask the DNS again: at most ten in all (RFC 7208 §4.6.4). */
export function asksAgain({ name }: SpfTerm): boolean {
  return ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'].includes(name)
}

/** Whether two domains belong together so that a relaxed check takes one for the other (RFC 9989, "relaxed alignment"). */
export function isAligned(one: string, other: string, organization: string): boolean {
  const within = (name: string, above: string) => name === above || name.endsWith(`.${above}`)
  return (
    within(one, other) || within(other, one) || (within(one, organization) && within(other, organization))
  )
}

/** Names that are nobody's and only for examples and tests (RFC 2606, RFC 6761). */
export function isExampleDomain(domain: string): boolean {
  return (
    /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost|local)$/.test(domain) ||
    !domain.includes('.')
  )
}

/** Domains of mailboxes for everybody, whose owners forbid that others send with them. */
export function isMailboxProvider(domain: string): boolean {
  return MAILBOX_PROVIDERS.has(domain)
}

const MAILBOX_PROVIDERS: ReadonlySet<string> = new Set([
  ...[
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'yahoo.com',
    'aol.com',
  ],
  ...[
    'icloud.com',
    'me.com',
    'mac.com',
    'gmx.com',
    'gmx.net',
    'gmx.de',
    'web.de',
    't-online.de',
    'proton.me',
  ],
  ...[
    'protonmail.com',
    'mail.com',
    'zoho.com',
    'yandex.com',
    'mail.ru',
    'libero.it',
    'virgilio.it',
    'tiscali.it',
  ],
  ...[
    'yahoo.it',
    'hotmail.it',
    'ziggo.nl',
    'kpnmail.nl',
    'orange.fr',
    'laposte.net',
    'free.fr',
    'seznam.cz',
    'wp.pl',
  ],
  ...['o2.pl', 'onet.pl', 'yahoo.ro', 'inbox.lt', 'net.hr', 'elisanet.fi', 'kolumbus.fi', 'luukku.com'],
])

/** The domain of an address, in lower case; '' when there is none. */
export function domainOf(address: string): string {
  return address.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : ''
}
