import { nearestName } from './nearest-name.js'

/** What a merge tag says. */
export type Tag =
  | { kind: 'field'; name: string; fallback: string }
  | { kind: 'if'; name: string }
  | { kind: 'else' }
  | { kind: 'end' }
  | { kind: 'wrong'; message: string }

const QUOTED = /^(["'\u2018-\u201f])([\s\S]*)(["'\u2018-\u201f])$/
const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/g

/** Reads the inside of a merge tag; `known` are the names that may be used, such as contact.EMAIL. */
export function readTag(inside: string, known: readonly string[]): Tag {
  const words = decode(inside)
    .replace(INVISIBLE, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
  if (/^else$/i.test(words)) return { kind: 'else' }
  if (/^\/ ?if$/i.test(words)) return { kind: 'end' }
  const condition = /^# ?if (\S+)$/i.exec(words)
  if (condition) return named(condition[1] ?? '', known, (name) => ({ kind: 'if', name }))
  const field = /^([a-z]+\.[a-z][a-z0-9_]*) ?(?:\| ?default ?: ?(.+))?$/i.exec(words)
  if (!field) {
    return wrong(`“${shorten(words)}” is not a merge field. Merge fields look like <<contact.EMAIL>>.`)
  }
  const fallback = field[2] === undefined ? '' : unquote(field[2])
  if (fallback === null) {
    return wrong(`Put the default of “${shorten(words)}” in quotes, like this: | default: "reader".`)
  }
  return named(field[1] ?? '', known, (name) => ({ kind: 'field', name, fallback }))
}

function wrong(message: string): Tag {
  return { kind: 'wrong', message }
}

function named(written: string, known: readonly string[], use: (name: string) => Tag): Tag {
  const [namespace = '', key = ''] = written.split('.')
  const name = `${namespace}.${key.toUpperCase()}`
  if (known.includes(name)) return use(name)
  const near = nearestName(name, known)
  return wrong(`There is no merge field ${shorten(written)}.${near ? ` Did you mean ${near}?` : ''}`)
}

function unquote(text: string): string | null {
  const match = QUOTED.exec(text.trim())
  return match ? (match[2] ?? '').replace(/\\(["'\\\u2018-\u201f])/g, '$1') : null
}

const ENTITIES: Record<string, string> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  amp: '&',
  ldquo: '\u201c',
  rdquo: '\u201d',
  bdquo: '\u201e',
  lsquo: '\u2018',
  rsquo: '\u2019',
  sbquo: '\u201a',
}
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi

function decode(text: string): string {
  const decoded = text.replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
  return /%20|%22|%7c/i.test(decoded) ? percentDecode(decoded) : decoded
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
