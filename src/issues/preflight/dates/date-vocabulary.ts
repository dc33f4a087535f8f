/** How one language writes weekdays, months and the days around today; patterns are for text in lower case. */
export type DateVocabulary = {
  /** Any weekday, in every case, also short before a date. */
  weekday: string
  weekdayOf(word: string): number | null
  /** Any month. */
  month: string
  monthOf(word: string): number | null
  /** Words for a day or week, with how many days or weeks they are away. */
  relative: readonly { word: string; unit: 'day' | 'week'; offset: number }[]
}

const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000
// Intl says “today” and “tomorrow”; people also say these.
const ALSO: Readonly<Record<string, DateVocabulary['relative']>> = {
  en: [{ word: 'tonight', unit: 'day', offset: 0 }],
  it: [{ word: 'stasera', unit: 'day', offset: 0 }],
  nl: [{ word: 'vanavond', unit: 'day', offset: 0 }],
  fi: [{ word: 'tänä iltana', unit: 'day', offset: 0 }],
  hr: [{ word: 'večeras', unit: 'day', offset: 0 }],
  ro: [{ word: 'diseară', unit: 'day', offset: 0 }],
  lt: [{ word: 'šįvakar', unit: 'day', offset: 0 }],
}
const known = new Map<string, DateVocabulary>()

/** The vocabulary of a language, from the names that Intl knows; a language that Intl does not know is read as English. */
export function dateVocabulary(language: string): DateVocabulary {
  const found = known.get(language)
  if (found) return found
  const made = makeVocabulary(supported(language))
  known.set(language, made)
  return made
}

function supported(language: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0 ? language : 'en'
  } catch {
    return 'en'
  }
}

function makeVocabulary(language: string): DateVocabulary {
  const lower = (text: string) => text.toLocaleLowerCase(language).normalize('NFC')
  const named = (options: Intl.DateTimeFormatOptions, part: string, date: number) =>
    lower(
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
        .formatToParts(date)
        .find(({ type }) => type === part)?.value ?? '',
    ).replace(/\.$/, '')
  const weekdays = Array.from({ length: 7 }, (_, at) => {
    const date = MONDAY + at * DAY_MS
    const short = named({ weekday: 'short', day: 'numeric', month: 'long' }, 'weekday', date)
    return [stem(named({ weekday: 'long' }, 'weekday', date)), `${escaped(short)}\\.?`]
  })
  const months = Array.from({ length: 12 }, (_, at) => {
    const date = Date.UTC(2024, at, 15)
    return [
      named({ day: 'numeric', month: 'long' }, 'month', date),
      named({ month: 'long' }, 'month', date),
      named({ day: 'numeric', month: 'short' }, 'month', date),
    ].filter((name) => /^\p{L}/u.test(name))
  })
  return {
    ...lookup('weekday', weekdays),
    ...lookup(
      'month',
      months.map((names) => names.map((name) => `${escaped(name)}\\.?`)),
    ),
    relative: relativeWords(language, lower),
  } as DateVocabulary
}

function lookup(name: 'weekday' | 'month', patterns: readonly (readonly string[])[]) {
  const exact = patterns.map((forms) => new RegExp(`^(?:${forms.join('|')})$`, 'u'))
  // Longest first, so that a short form never hides a long one.
  const any = patterns.flat().sort((one, other) => other.length - one.length)
  return {
    [name]: `(?:${any.join('|')})`,
    [`${name}Of`]: (word: string) => {
      const at = exact.findIndex((pattern) => pattern.test(word))
      return at < 0 ? null : at
    },
  }
}

/** A pattern for a name in all its cases: Finnish maanantaina, Croatian srijedu and petka, Lithuanian antradienį. */
function stem(name: string): string {
  if (/[^a]ak$/.test(name)) return `${escaped(name.slice(0, -2))}a?k\\p{L}{0,3}`
  if (name.length > 4 && /is$/.test(name)) return `${escaped(name.slice(0, -2))}\\p{L}{1,5}`
  if (name.length > 4 && /[aeiouăęėįųūąàìùòéy]$/.test(name)) return `${escaped(name.slice(0, -1))}\\p{L}{1,5}`
  return `${escaped(name)}\\p{L}{0,3}`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function relativeWords(language: string, lower: (text: string) => string): DateVocabulary['relative'] {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const asked = [
    ['day', -1],
    ['day', 0],
    ['day', 1],
    ['week', 0],
    ['week', 1],
  ] as const
  const words = asked.map(([unit, offset]) => ({ word: lower(format.format(offset, unit)), unit, offset }))
  // A language without a word of its own says “in 1 day”.
  const own = words.filter(({ word }) => !/\d/.test(word))
  return [...own, ...(ALSO[language.split('-')[0] ?? ''] ?? [])]
}
