const NAMES: Readonly<Record<string, string>> = {
  gmail: 'Gmail',
  microsoft: 'Microsoft',
  yahoo: 'Yahoo',
  apple: 'Apple',
  gmx: 'GMX and WEB.DE',
  't-online': 'T-Online',
  orange: 'Orange',
  free: 'Free',
  libero: 'Libero',
  seznam: 'Seznam',
  wp: 'WP and Onet',
  mailru: 'Mail.ru',
  yandex: 'Yandex',
  proton: 'Proton',
}

const EXAMPLES: Readonly<Record<string, string>> = {
  gmail: 'gmail.com, and firms with Google Workspace',
  microsoft: 'outlook, hotmail, live, and firms with Microsoft 365',
  yahoo: 'yahoo, aol, ymail.com',
  apple: 'icloud.com, me.com, mac.com',
  gmx: 'gmx, web.de, mail.com, and firms at Ionos',
  't-online': 't-online.de, magenta.de',
  orange: 'orange.fr, wanadoo.fr',
  free: 'free.fr',
  libero: 'libero.it, virgilio.it, tim.it',
  seznam: 'seznam.cz, email.cz, post.cz',
  wp: 'wp.pl, o2.pl, onet.pl, interia.pl',
  mailru: 'mail.ru, bk.ru, list.ru',
  yandex: 'yandex, ya.ru',
  proton: 'proton.me, pm.me',
}

/** A provider of mailboxes as people call it. */
export function providerName(name: string): string {
  return NAMES[name] ?? name
}

/** Whose mailboxes a provider operates. */
export function providerExamples(name: string): string {
  return EXAMPLES[name] ?? ''
}
