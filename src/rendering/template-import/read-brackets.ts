import {
  contactField,
  field,
  type Meaning,
  NO_DATA,
  PREFERENCES,
  UNSUBSCRIBE,
  unknown,
  WEBVIEW,
} from './meaning.js'

const LINKS: Readonly<Record<string, string>> = {
  LINK_UNSUBSCRIBE: UNSUBSCRIBE,
  LINK_PREFERENCES: PREFERENCES,
  LINK_BROWSER: WEBVIEW,
}
const OLD_BREVO: Readonly<Record<string, string>> = {
  UNSUBSCRIBE: UNSUBSCRIBE,
  UPDATE_PROFILE: PREFERENCES,
  MIRROR: WEBVIEW,
}
const BARE: Readonly<Record<string, string>> = {
  EMAIL: 'contact.EMAIL',
  FIRST_NAME: 'contact.FIRSTNAME',
  LAST_NAME: 'contact.LASTNAME',
}

type Where = { isMailtrain: boolean; inAddress: boolean }

/** What square brackets say: Mailtrain’s fields and links, and in addresses the old tags of Brevo; else they are only brackets. */
export function readBrackets(inside: string, { isMailtrain, inAddress }: Where): Meaning {
  const slash = inside.indexOf('/')
  const name = slash < 0 ? inside : inside.slice(0, slash)
  const fallback = slash < 0 ? '' : inside.slice(slash + 1).trim()
  const old = inAddress && slash < 0 && Object.hasOwn(OLD_BREVO, name) ? OLD_BREVO[name] : undefined
  if (old) return field(old)
  const known = readMailtrain(name)
  if (known?.kind === 'field') return field(known.field, fallback)
  if (known) return known
  const bare = isMailtrain && Object.hasOwn(BARE, name) ? BARE[name] : undefined
  if (bare) return field(bare, fallback)
  if (isMailtrain && /^(?:LIST|CAMPAIGN|SUBSCRIPTION)_/.test(name)) return unknown(NO_DATA)
  // Few addresses hold a word in capitals and brackets that is not to be filled in; some shapes are named elsewhere.
  return inAddress && slash < 0 && /^[A-Z_]{4,}$/.test(name) && !/URL$/.test(name)
    ? unknown()
    : { kind: 'plain' }
}

/** What one of Mailtrain’s names says; null when it is none. */
export function readMailtrain(name: string): Meaning | null {
  const link = Object.hasOwn(LINKS, name) ? LINKS[name] : undefined
  if (link) return field(link)
  if (name.startsWith('LINK_')) return unknown(NO_DATA)
  if (!name.startsWith('MERGE_')) return null
  const key = name.slice('MERGE_'.length)
  const ours = BARE[key] ?? contactField(key)
  return ours ? field(ours) : unknown(NO_DATA)
}
