import {
  contactField,
  field,
  type Meaning,
  NO_DATA,
  PREFERENCES,
  PREHEADER,
  UNSUBSCRIBE,
  unknown,
  WEBVIEW,
  WRITE_SENDER,
} from './meaning.js'
import { readMailtrain } from './read-brackets.js'
import { contactPath, readFilters, splitOutside, unquoted } from './read-expression.js'
import { readGo } from './read-go.js'

const LINKS: Readonly<Record<string, string>> = {
  unsubscribe: UNSUBSCRIBE,
  unsubscribe_link: UNSUBSCRIBE,
  unsubscribe_url: UNSUBSCRIBE,
  unsubscribeUrl: UNSUBSCRIBE,
  mirror: WEBVIEW,
  mirror_link: WEBVIEW,
  update_profile: PREFERENCES,
  update_profile_link: PREFERENCES,
  manageUrl: PREFERENCES,
  'campaign.subject': 'issue.SUBJECT',
}
const OWN = /^(?:issue\.(?:TITLE|SUBJECT|DATE|LANGUAGE)|links\.(?:UNSUBSCRIBE|PREFERENCES|WEBVIEW))$/i
const NO_FIELD = new Set([
  ...['this', 'true', 'false', 'null', 'doubleoptin', 'subscribeUrl', 'subject', 'content', 'body', 'title'],
  ...['preheader', 'preview', 'plunk_id', 'id', 'index', 'loop', 'forloop', 'feed', 'params', 'sender'],
])

/** What a tag in braces says, in whichever of the languages that have them; bare names are fields only in Plunk’s. */
export function readBraces(inside: string, isPlunk: boolean): Meaning {
  return readStatement(inside) ?? readGo(inside) ?? readPrinted(inside, isPlunk)
}

function readStatement(inside: string): Meaning | null {
  if (/^else$/i.test(inside)) return { kind: 'else', group: 'braces' }
  const end = /^\/\s*([a-z]+)$/i.exec(inside)
  if (end) return { kind: 'end', family: `braces ${end[1]?.toLowerCase()}` }
  const open = /^#\s*([a-z]+)\s*([\s\S]*)$/i.exec(inside)
  if (open) {
    const word = open[1]?.toLowerCase() ?? ''
    const name = testedName(open[2]?.trim() ?? '')
    const tests =
      name && (word === 'if' || word === 'unless') ? [{ field: name, holds: word === 'if' }] : null
    return { kind: 'if', family: `braces ${word}`, group: 'braces', tests }
  }
  if (/^(?:!--|!)/.test(inside))
    return { kind: 'dropped', message: 'A comment, which nobody would have seen.' }
  return null
}

function testedName(path: string): string | null {
  if (OWN.test(path)) return ours(path)
  const mailtrain = readMailtrain(path)
  return mailtrain?.kind === 'field' ? mailtrain.field : contactPath(path)
}

function ours(path: string): string {
  const [space = '', key = ''] = path.split('.')
  return `${space.toLowerCase()}.${key.toUpperCase()}`
}

function readPrinted(inside: string, isPlunk: boolean): Meaning {
  const fallback = /^([A-Za-z]\w*)\s*\?\?\s*([\s\S]*)$/.exec(inside)
  if (fallback) return plunkField(fallback[1] ?? '', unquoted(fallback[2] ?? '') ?? fallback[2] ?? '')
  const [path = '', ...filters] = splitOutside(inside, '|')
  const read = readFilters(filters)
  if (!read) return unknown('Carillon has no such filter: it knows default: "…".')
  const meaning = readPath(path)
  if (meaning?.kind === 'field') return field(meaning.field, read.fallback, read.note ?? meaning.note)
  if (meaning) return meaning
  return isPlunk && filters.length === 0 ? plunkField(path, '') : unknown()
}

function readPath(path: string): Meaning | null {
  const link = Object.hasOwn(LINKS, path) ? LINKS[path] : undefined
  if (link) return field(link)
  if (OWN.test(path)) return field(ours(path))
  if (/^contact\./i.test(path)) {
    const name = contactPath(path)
    return name
      ? field(name)
      : unknown('Fields of the contact have names of letters, digits and underscores.')
  }
  if (path === 'campaign.preview_text') return { kind: 'dropped', message: PREHEADER }
  if (/^sender\b/i.test(path)) return unknown(WRITE_SENDER)
  if (/^(?:params|feed|campaign|doubleoptin)\b/i.test(path)) return unknown(NO_DATA)
  return readMailtrain(path)
}

function plunkField(name: string, fallback: string): Meaning {
  const key = NO_FIELD.has(name) ? null : contactField(name.replace(/^data\./, ''))
  return key ? field(key, fallback) : unknown()
}
