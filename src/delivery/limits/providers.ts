/** Large operators of mailboxes, by the domains of their addresses; a name ending in a dot stands for all its countries. */
const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  gmail: ['gmail.com', 'googlemail.com'],
  microsoft: ['outlook.', 'hotmail.', 'live.', 'msn.com', 'passport.com', 'windowslive.com'],
  yahoo: ['yahoo.', 'ymail.com', 'rocketmail.com', 'aol.', 'aim.com', 'myyahoo.com', 'verizon.net'],
  apple: ['icloud.com', 'me.com', 'mac.com'],
  gmx: ['gmx.', 'web.de', 'mail.com', 'caramail.com', '1und1.de'],
  't-online': ['t-online.de', 'magenta.de'],
  orange: ['orange.fr', 'wanadoo.fr', 'voila.fr'],
  free: ['free.fr', 'libertysurf.fr'],
  libero: ['libero.it', 'iol.it', 'virgilio.it', 'tim.it', 'tin.it', 'alice.it'],
  seznam: ['seznam.cz', 'email.cz', 'post.cz'],
  wp: ['wp.pl', 'o2.pl', 'onet.pl', 'interia.pl'],
  mailru: ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru'],
  yandex: ['yandex.', 'ya.ru'],
  proton: ['proton.me', 'protonmail.com', 'pm.me'],
}

/** Every provider that can be told apart, by its name. */
export const PROVIDERS: readonly string[] = Object.keys(DOMAINS)

/** The same operators, by the end of the names of the mail servers that take mail for other domains. */
const MAIL_SERVERS: readonly (readonly [RegExp, string])[] = [
  [/\.(google|googlemail)\.com$/, 'gmail'],
  [/\.(outlook|hotmail)\.com$|\.mx\.microsoft$/, 'microsoft'],
  [/\.yahoodns\.net$/, 'yahoo'],
  [/\.mail\.icloud\.com$/, 'apple'],
  [/\.(gmx\.net|kundenserver\.de|web\.de)$/, 'gmx'],
  [/\.t-online\.de$/, 't-online'],
  [/\.orange\.fr$/, 'orange'],
  [/\.libero\.it$/, 'libero'],
  [/\.seznam\.cz$/, 'seznam'],
  [/\.yandex\.(net|ru)$/, 'yandex'],
  [/\.protonmail\.ch$/, 'proton'],
]

const byDomain = new Map<string, string>()
const byFirstLabel = new Map<string, string>()
for (const [name, domains] of Object.entries(DOMAINS))
  for (const domain of domains)
    if (domain.endsWith('.')) byFirstLabel.set(domain.slice(0, -1), name)
    else byDomain.set(domain, name)

/** The provider of an address by its domain (lower case, as A-label), or null. */
export function providerOfDomain(domain: string): string | null {
  const found = byDomain.get(domain)
  if (found) return found
  const [first = '', ...rest] = domain.split('.')
  return rest.length <= 2 ? (byFirstLabel.get(first) ?? null) : null
}

/** The provider whose mail servers take a domain's mail, or null. */
export function providerOfMailServers(exchanges: readonly string[]): string | null {
  for (const exchange of exchanges) {
    const host = `.${exchange.toLowerCase().replace(/\.$/, '')}`
    const found = MAIL_SERVERS.find(([pattern]) => pattern.test(host))
    if (found) return found[1]
  }
  return null
}
