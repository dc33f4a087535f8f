import { type CalendarDay, calendarDay, inWords, WEEKDAYS, weekdayOf, yearOf } from './calendar-day.js'
import { type DateVocabulary, dateVocabulary } from './date-vocabulary.js'

export type DateContext = {
  /** Of the text, as BCP 47 tags. */
  languages: readonly string[]
  /** The day on which the issue goes out, if that is known. */
  sendDay: CalendarDay | null
  today: CalendarDay
}

/** Something about days in a text that does not fit; one sentence or two. */
export type DateTrouble = { quote: string; message: string }

type Span = { at: number; end: number }
type FoundDate = Span & { day: CalendarDay; hasYear: boolean }
type FoundWeekday = Span & { weekday: number }
type FoundWord = Span & { unit: 'day' | 'week'; offset: number }

/** Between a weekday or “tomorrow” and the date that it belongs to; a line end is no such place. */
const BEFORE_DATE = /^[ \t\u00a0]*[,.(–-]?[ \t\u00a0]*(?:the |den |de |dana |il |la |on )?$/
const AFTER_DATE = /^[ \t\u00a0]*[,(–-]?[ \t\u00a0]*$/
const LONGEST_GAP = 9
/** Nobody reads more of one text. */
const MOST_LETTERS = 20_000
const EVERY = /(?:every|each|joka|ogni|tutti i|elke|iedere|svak\p{L}*|fiecare|kiekvien\p{L}*)\s+$/u
// Romanian “luni” is also the word for months.
const ALSO_OTHER_WORDS = new Set(['luni', 'sun', 'sat', 'mar', 'mer', 'ma', 'di', 'do', 'to', 'la'])

/**
 * Finds dates whose weekday is wrong, words such as “tomorrow” that contradict the date beside them or the day on which the issue goes out, and
 * words whose meaning hangs on the day on which they are read. Pure; knows the weekdays and months of every language of Intl.
 */
export function findDateTrouble(text: string, context: DateContext): DateTrouble[] {
  const found = [...new Set(context.languages)].flatMap((language) => troubleIn(text, language, context))
  return [...new Map(found.map((trouble) => [trouble.message, trouble])).values()]
}

function troubleIn(text: string, language: string, context: DateContext): DateTrouble[] {
  const written = text.slice(0, MOST_LETTERS).normalize('NFC')
  const lower = written.toLocaleLowerCase(language)
  const words = dateVocabulary(language)
  // Few letters change their length with their case.
  const shown = written.length === lower.length ? written : lower
  const source = { lower, quote: ({ at, end }: Span) => `“${shown.slice(at, end)}”` }
  const weekdays = findWeekdays(lower, words)
  const relative = findRelative(lower, words)
  // Few texts name a day at all, and dates are dear to find.
  const isNamed = weekdays.length + relative.length > 0
  const dates = isNamed ? findDates(lower, words, context.sendDay ?? context.today) : []
  const paired = new Set<Span>()
  const pairs = dates.flatMap((date) => {
    const weekday = besides(lower, date, weekdays)
    if (weekday) paired.add(weekday)
    return weekday ? wrongWeekday(source, date, weekday) : []
  })
  const clashes = dates.flatMap((date) => {
    const word = besides(
      lower,
      date,
      relative.filter(({ unit }) => unit === 'day'),
    )
    if (!word) return []
    paired.add(word)
    return wrongRelative(source, { date, word }, context)
  })
  const alone = relative.filter((word) => !paired.has(word)).map((word) => hanging(source, word, context))
  const same = weekdays
    .filter((weekday) => !paired.has(weekday))
    .flatMap((weekday) => sameWeekday(source, weekday, context))
  return [...pairs, ...clashes, ...alone, ...same]
}

type Source = { lower: string; quote(span: Span): string }

function wrongWeekday({ quote }: Source, date: FoundDate, weekday: FoundWeekday): DateTrouble[] {
  const real = weekdayOf(date.day)
  if (real === weekday.weekday) return []
  const span = { at: Math.min(date.at, weekday.at), end: Math.max(date.end, weekday.end) }
  const day = date.hasYear ? 'that day' : `in ${yearOf(date.day)} that day`
  return [
    {
      quote: quote(span),
      message: `${quote(span)}: ${day} is a ${WEEKDAYS[real]}. Mend the weekday or the date.`,
    },
  ]
}

type Clash = { date: FoundDate; word: FoundWord }

function wrongRelative({ quote }: Source, { date, word }: Clash, { sendDay }: DateContext): DateTrouble[] {
  if (sendDay === null || sendDay + word.offset === date.day) return []
  return [
    {
      quote: quote(word),
      message: `${quote(word)} is not the date beside it for those who read this on the day it goes out, ${inWords(sendDay)}. Leave the word out or mend the date.`,
    },
  ]
}

function hanging({ quote }: Source, word: FoundWord, { sendDay }: DateContext): DateTrouble {
  const said = quote(word)
  if (sendDay === null)
    return { quote: said, message: `What ${said} means hangs on the day on which it is read. Name the day.` }
  const monday = sendDay - weekdayOf(sendDay) + 7 * word.offset
  const meaning = word.unit === 'day' ? inWords(sendDay + word.offset) : `the week from ${inWords(monday)}`
  return {
    quote: said,
    message: `${said} will mean ${meaning} on the day this goes out, and something else to those who read it later. Name the day.`,
  }
}

function sameWeekday(source: Source, weekday: FoundWeekday, { sendDay }: DateContext): DateTrouble[] {
  const word = source.lower.slice(weekday.at, weekday.end)
  if (sendDay === null || weekdayOf(sendDay) !== weekday.weekday || ALSO_OTHER_WORDS.has(word)) return []
  if (word.length < 4 || EVERY.test(source.lower.slice(Math.max(0, weekday.at - 20), weekday.at))) return []
  return [
    {
      quote: source.quote(weekday),
      message: `${source.quote(weekday)} is the weekday on which this goes out, ${inWords(sendDay)}: readers may take it for the same day. Name the date.`,
    },
  ]
}

/** The weekday or word that stands right before a date, else right after it. */
function besides<S extends Span>(lower: string, date: FoundDate, spans: readonly S[]): S | null {
  const isGap = (from: number, to: number, pattern: RegExp) =>
    to >= from && to - from <= LONGEST_GAP && pattern.test(lower.slice(from, to))
  const before = spans.find(({ end }) => isGap(end, date.at, BEFORE_DATE))
  return before ?? spans.find(({ at }) => isGap(date.end, at, AFTER_DATE)) ?? null
}

const EDGE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const SPACE = '[ \\t\\u00a0\\u202f]'

function findWeekdays(lower: string, words: DateVocabulary): FoundWeekday[] {
  return [...lower.matchAll(patternsOf(words).weekdays)].flatMap((match) => {
    const weekday = words.weekdayOf(match[0])
    return weekday === null ? [] : [{ ...spanOf(match), weekday }]
  })
}

function findRelative(lower: string, words: DateVocabulary): FoundWord[] {
  return words.relative
    .filter(({ word }) => lower.includes(word))
    .flatMap(({ word, unit, offset }) =>
      [...lower.matchAll(new RegExp(`${EDGE}${word}${END}`, 'gu'))].map((match) => ({
        ...spanOf(match),
        unit,
        offset,
      })),
    )
}

function findDates(lower: string, words: DateVocabulary, near: CalendarDay): FoundDate[] {
  const found: FoundDate[] = []
  for (const { pattern, read } of patternsOf(words).dates) {
    for (const match of lower.matchAll(pattern)) {
      const { year, month, day } = read(match)
      const span = spanOf(match)
      const value = month === null ? null : dated({ year, month, day }, near)
      if (value === null || found.some(({ at, end }) => span.at < end && at < span.end)) continue
      found.push({ ...span, day: value, hasYear: year !== null })
    }
  }
  return found.sort((one, other) => one.at - other.at)
}

type Patterns = { weekdays: RegExp; dates: DatePattern[] }
const madePatterns = new WeakMap<DateVocabulary, Patterns>()

function patternsOf(words: DateVocabulary): Patterns {
  const found = madePatterns.get(words)
  if (found) return found
  const weekdays = new RegExp(`${EDGE}${words.weekday}${END}`, 'gu')
  const made = { weekdays, dates: datePatterns(words) }
  madePatterns.set(words, made)
  return made
}

type Read = { year: number | null; month: number | null; day: number }
type DatePattern = { pattern: RegExp; read(match: RegExpMatchArray): Read }

function datePatterns({ month, monthOf }: DateVocabulary): DatePattern[] {
  const number = (text: string | undefined) => (text === undefined ? null : Number(text))
  const named = (word: string | undefined) => {
    const at = word === undefined ? null : monthOf(word)
    return at === null ? null : at + 1
  }
  const year = `(?:,?${SPACE}+(?:de${SPACE}|del${SPACE}|van${SPACE})?(\\d{4})(?!\\d))?`
  return [
    // 2026 m. kovo 3 d. (Lithuanian)
    {
      pattern: new RegExp(
        `${EDGE}(\\d{4})${SPACE}*m\\.${SPACE}*(${month})${SPACE}+(\\d{1,2})(?!\\d)(?:${SPACE}*d\\.)?`,
        'gu',
      ),
      read: (match) => ({ year: number(match[1]), month: named(match[2]), day: Number(match[3]) }),
    },
    // 3 March 2026, 3. maaliskuuta, 3 de marzo
    {
      pattern: new RegExp(
        `${EDGE}(\\d{1,2})(?:\\.|st|nd|rd|th|º|°)?${SPACE}+(?:of${SPACE}+|de${SPACE}+)?(${month})(?!\\p{L})${year}`,
        'gu',
      ),
      read: (match) => ({ year: number(match[3]), month: named(match[2]), day: Number(match[1]) }),
    },
    // March 3, 2026; kovo 3 d.
    {
      pattern: new RegExp(
        `${EDGE}(${month})(?!\\p{L})${SPACE}+(\\d{1,2})(?![\\d:.]\\d|\\d)(?:st|nd|rd|th)?(?:${SPACE}*d\\.)?${year}`,
        'gu',
      ),
      read: (match) => ({ year: number(match[3]), month: named(match[1]), day: Number(match[2]) }),
    },
    // 3.3.2026, 3.3.
    {
      pattern: new RegExp(`${EDGE}(\\d{1,2})\\.${SPACE}?(\\d{1,2})\\.(?:${SPACE}?(\\d{4})(?!\\d))?`, 'gu'),
      read: (match) => ({ year: number(match[3]), month: Number(match[2]), day: Number(match[1]) }),
    },
    // 2026-03-03
    {
      pattern: new RegExp(`${EDGE}(\\d{4})-(\\d{2})-(\\d{2})${END}`, 'gu'),
      read: (match) => ({ year: number(match[1]), month: Number(match[2]), day: Number(match[3]) }),
    },
  ]
}

/** A date without a year is the one nearest to the day it is read. */
function dated({ year, month, day }: Read & { month: number }, near: CalendarDay): CalendarDay | null {
  if (month < 1 || month > 12) return null
  if (year !== null) return calendarDay(year, month, day)
  const around = [-1, 0, 1].map((more) => calendarDay(yearOf(near) + more, month, day))
  const real = around.filter((one): one is number => one !== null)
  return real.sort((one, other) => Math.abs(one - near) - Math.abs(other - near))[0] ?? null
}

function spanOf(match: RegExpMatchArray): Span {
  return { at: match.index ?? 0, end: (match.index ?? 0) + match[0].length }
}
