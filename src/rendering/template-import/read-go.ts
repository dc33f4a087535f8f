import {
  contactField,
  field,
  type Meaning,
  NO_DATA,
  NO_LOOPS,
  OWN_DATE,
  PREFERENCES,
  type Test,
  UNSUBSCRIBE,
  unknown,
  WEBVIEW,
  WRITE_SENDER,
} from './meaning.js'
import { readFilters, splitOutside, unquoted } from './read-expression.js'

const LINKS: Readonly<Record<string, string>> = {
  UnsubscribeURL: UNSUBSCRIBE,
  ManageURL: PREFERENCES,
  MessageURL: WEBVIEW,
}
const CALLS =
  /^(?:UnsubscribeURL|ManageURL|MessageURL|ArchiveURL|OptinURL|RootURL|TrackLink|TrackView|Date|Safe|L\.|template\b|block\b|define\b|range\b|with\b|if\s+(?:\.|\(|and|or|not|eq|ne|gt|lt|ge|le)|else\s+if\b|else$|end$|index\s|or\s|default\s|printf?\s|\.|\$|\/\*)/

/** What an action of listmonk’s Go templates says; null when it is not written in that language. */
export function readGo(written: string): Meaning | null {
  const inside = written.replace(/^-\s+|\s+-$/g, '').trim()
  if (!CALLS.test(inside)) return null
  const statement = readStatement(inside)
  if (statement) return statement
  const call = inside.replace(/\s+[.$]$/, '')
  const link = LINKS[call]
  if (link) return field(link)
  if (call === 'TrackView') return { kind: 'dropped', message: 'Carillon counts opens itself.' }
  if (/^TrackLink\b/.test(call)) return readTrackLink(call.slice('TrackLink'.length).trim())
  if (/^template\s+["`]content/.test(call))
    return unknown('The content of each mail stood here: put its blocks here.')
  if (/^Date\b/.test(call)) return field('issue.DATE', '', OWN_DATE)
  return readValue(call)
}

function readTrackLink(given: string): Meaning {
  const address = unquoted(given)
  if (address === null) return unknown('Write the address itself: Carillon has no links made of values.')
  return { kind: 'words', words: address }
}

function readStatement(inside: string): Meaning | null {
  if (inside === 'end') return { kind: 'end', family: 'go' }
  if (inside === 'else') return { kind: 'else', group: 'braces' }
  if (inside.startsWith('/*')) return { kind: 'dropped', message: 'A comment, which nobody would have seen.' }
  const condition = /^(else\s+)?if\s+([\s\S]+)$/.exec(inside)
  if (condition?.[1]) return { kind: 'elif', group: 'braces', tests: readGoTests(condition[2] ?? '') }
  if (condition) return { kind: 'if', family: 'go', group: 'braces', tests: readGoTests(condition[2] ?? '') }
  if (/^(?:range|with|block|define)\b/.test(inside))
    return { kind: 'if', family: 'go', group: 'braces', tests: null }
  return null
}

/** `.A`, `not .A`, `ne .A ""`, `eq .A ""` and `and` of such. */
function readGoTests(condition: string): Test[] | null {
  const text = condition
    .trim()
    .replace(/^\(([^()]*)\)$/, '$1')
    .trim()
  const both = /^and\s+([\s\S]+)$/.exec(text)
  if (both) {
    const parts = (both[1] ?? '').match(/\([^()]*\)|[^\s()]+/g) ?? []
    const all = parts.map(readGoTests)
    return all.every((tests) => tests !== null) ? all.flat() : null
  }
  const [, word = '', rest = text] = /^(not|ne|eq)\s+([\s\S]+)$/.exec(text) ?? []
  const path = word === 'ne' || word === 'eq' ? (/^([\s\S]*?)\s+(?:""|``)$/.exec(rest)?.[1] ?? '') : rest
  const name = subscriberPath(path.trim().replace(/^\(([^()]*)\)$/, '$1'))
  return name ? [{ field: name, holds: word === '' || word === 'ne' }] : null
}

function readValue(call: string): Meaning {
  const [value = '', ...filters] = splitOutside(call, '|')
  const read = readFilters(filters.map((filter) => filter.replace(/^(\w+)\s+(?=["'`])/, '$1:')))
  const or = /^(?:or|default)\s+/.exec(value)
  if (!read) return unknown()
  if (or) return readOr(value.slice(or[0].length))
  const name = subscriberPath(value)
  if (name) return field(name, read.fallback, read.note)
  if (/^\.Campaign\.Subject$/.test(value)) return field('issue.SUBJECT', '', read.note)
  if (/^\.Campaign\.Name$/.test(value)) return field('issue.TITLE', '', read.note)
  if (/^\.Campaign\.From/.test(value)) return unknown(WRITE_SENDER)
  return unknown(
    /^\.Campaign|^\.Subscriber/.test(value) ? NO_DATA : value.startsWith('$') ? NO_LOOPS : undefined,
  )
}

/** `or .A "words"` and `default "words" .A`. */
function readOr(given: string): Meaning {
  const parts = splitOutside(given, ' ')
  const words = parts.map(unquoted).find((part) => part !== null)
  const name = parts.map((part) => subscriberPath(part)).find(Boolean)
  return parts.length === 2 && name && words !== undefined && words !== null ? field(name, words) : unknown()
}

function subscriberPath(path: string): string | null {
  const index = /^index\s+\$?\.Subscriber\.Attribs\s+["`](\w+)["`]$/.exec(path)
  const [, name = ''] = index ?? /^\$?\.Subscriber\.(?:Attribs\.)?([A-Za-z]\w*)$/.exec(path) ?? []
  if (/^(?:UUID|ID|Attribs|Lists|Status|CreatedAt|UpdatedAt)$/.test(name) && !path.includes('Attribs.'))
    return null
  return contactField(name)
}
