import { contactField, type Test } from './meaning.js'

/** Cuts at a separator outside of quotes. */
export function splitOutside(text: string, separator: '|' | ' '): string[] {
  const parts: string[] = []
  let part = ''
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '' && character === '\\') part += character + (text[++at] ?? '')
    else if (quote === '' && character === separator) {
      parts.push(part.trim())
      part = ''
    } else {
      part += character
      if (quote === '') quote = QUOTES[character] ?? ''
      else if (character === quote) quote = ''
    }
  }
  return [...parts, part.trim()].filter((each) => each !== '' || separator === '|')
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '`': '`' }

/** The text of a quoted literal; null when it is none. */
export function unquoted(text: string): string | null {
  const match = /^(?:"([\s\S]*)"|'([\s\S]*)'|[“„]([\s\S]*)[”“]|[‘‚]([\s\S]*)[’‘]|`([\s\S]*)`)$/.exec(
    text.trim(),
  )
  if (!match) return null
  return (match.slice(1).find((group) => group !== undefined) ?? '').replace(/\\(["'\\])/g, '$1')
}

/** What filters do to a value, as far as we can say: the default they give, and whether something is lost; null when unknown. */
export function readFilters(filters: readonly string[]): { fallback: string; note?: string } | null {
  let fallback = ''
  const lost: string[] = []
  for (const filter of filters) {
    const [, name = '', given] = /^([a-z_]+)\s*(?:[:(]\s*([\s\S]*?)\)?)?$/i.exec(filter) ?? []
    if (/^default(_if_none)?$/i.test(name)) {
      const words = given === undefined ? null : unquoted(given)
      if (words === null) return null
      fallback = words
    } else if (SHOWN_OTHERWISE.has(name.toLowerCase())) lost.push(name)
    else if (!HARMLESS.has(name.toLowerCase())) return null
  }
  if (lost.length === 0) return { fallback }
  return { fallback, note: `The value is printed as it was entered: Carillon has no “${lost.join('”, “')}”.` }
}

const HARMLESS = new Set(['escape', 'safe', 'strip', 'trim', 'force_escape', 'html', 'string'])
const SHOWN_OTHERWISE = new Set([
  ...['upper', 'lower', 'title', 'capfirst', 'capitalize', 'upcase', 'downcase', 'toupper', 'tolower'],
  ...[
    'truncatechars',
    'truncatewords',
    'truncate',
    'floatformat',
    'date',
    'urlencode',
    'url_encode',
    'round',
  ],
])

const EMPTY = `(?:""|''|null|nil|none|empty|blank)`
const PRESENT = new RegExp(`^([\\w.]+)\\s*(?:!=|<>)\\s*${EMPTY}$|^([\\w.]+) is not (?:none|null)$`, 'i')
const ABSENT = new RegExp(
  `^([\\w.]+)\\s*==?\\s*${EMPTY}$|^([\\w.]+) is (?:none|null)$|^(?:not |!)\\s*([\\w.]+)$`,
  'i',
)

/** The tests of a condition such as `contact.A and not contact.B`; null when it compares, or says something that we cannot. */
export function readTests(condition: string, nameOf: (path: string) => string | null): Test[] | null {
  const tests: Test[] = []
  for (const part of condition.split(/\s+(?:and|&&)\s+|\s*&&\s*/i)) {
    const absent = ABSENT.exec(part.trim())
    const present = PRESENT.exec(part.trim())
    const path = (absent ?? present)?.slice(1).find(Boolean) ?? part.trim()
    const name = nameOf(path)
    if (!name) return null
    tests.push({ field: name, holds: !absent })
  }
  return tests
}

/** `contact.X`, also `contact.data.X`, in our words. */
export function contactPath(path: string): string | null {
  const [, name = ''] = /^contact\.(?:data\.|attributes\.)?([A-Za-z]\w*)$/i.exec(path) ?? []
  return contactField(name)
}
