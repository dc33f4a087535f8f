import fc from 'fast-check'
import { calendarDay, dayOf, weekdayOf } from '../../../src/issues/preflight/dates/calendar-day.js'
import { findDateTrouble } from '../../../src/issues/preflight/dates/find-date-trouble.js'

const LANGUAGES = ['en', 'en-GB', 'fi', 'it', 'nl', 'hr', 'ro', 'lt', 'de', 'fr', 'sv', 'pl', 'el'] as const
const DAY_MS = 86_400_000
const day = (text: string) => dayOf(new Date(`${text}T12:00:00Z`), 'UTC')
// A Tuesday.
const TODAY = day('2026-03-03')
const trouble = (text: string, language = 'en', sendDay: number | null = null) =>
  findDateTrouble(text, { languages: [language], sendDay, today: TODAY }).map(({ message }) => message)

describe('a weekday beside a date', () => {
  const dates = fc.integer({ min: day('2020-01-01'), max: day('2035-12-31') })
  const written = (language: string, date: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(new Date(date * DAY_MS))

  it.each(LANGUAGES)('is taken as right when it is, in %s', (language) => {
    fc.assert(
      fc.property(dates, fc.constantFrom('long', 'short'), (date, weekday) => {
        const text = written(language, date, { weekday, day: 'numeric', month: 'long', year: 'numeric' })
        expect([text, ...trouble(`x ${text}. y`, language)]).toEqual([text])
      }),
    )
  })

  it.each(LANGUAGES)('is found when it is wrong, in %s', (language) => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 6 }), (date, shift) => {
        const right = written(language, date, { weekday: 'long' })
        const wrong = written(language, date + shift, { weekday: 'long' })
        const text = written(language, date, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          year: 'numeric',
        })
        const found = trouble(`${text.replace(right, wrong)}.`, language)
        expect([text, found.length]).toEqual([text, 1])
      }),
    )
  })

  it.each([
    ['en', 'on Monday 3rd of March 2026 at noon'],
    ['en', 'Wednesday, March 3'],
    ['en', 'Mon 3 March'],
    ['en', '3 March (Friday)'],
    ['fi', 'maanantaina 3. maaliskuuta'],
    ['fi', 'perjantaina 3.3.2026 klo 12'],
    ['it', 'sabato 3 marzo 2026'],
    ['nl', 'donderdag 3 maart'],
    ['hr', 'u srijedu, 3. ožujka 2026.'],
    ['hr', 'u petak 3.3.2026.'],
    ['ro', 'joi, 3 martie 2026'],
    ['lt', 'pirmadienį, kovo 3 d.'],
    ['lt', '2026 m. kovo 3 d., penktadienis'],
  ])('in the words of everyday, in %s: %s', (language, text) => {
    expect(trouble(text, language)).toHaveLength(1)
  })

  it.each([
    ['en', 'Tuesday, 3 March 2026, and Thursday 5 March 2026'],
    ['en', 'from Tuesday 3 March to Friday 6 March'],
    ['fi', 'tiistaina 3. maaliskuuta'],
    ['hr', 'u utorak, 3. ožujka'],
    ['lt', 'antradienį, kovo 3 d.'],
    ['en', 'The report of May 2026 has 12 pages; Sunday is far.'],
    ['ro', 'două luni, 3 martie'.replace('luni,', 'luni de zile,')],
  ])('is left alone when it fits, in %s: %s', (language, text) => {
    expect(trouble(text, language)).toEqual([])
  })

  it('names the weekday that the date has', () => {
    expect(trouble('See you on Monday, 3 March 2026')).toEqual([
      '“Monday, 3 March 2026”: that day is a Tuesday. Mend the weekday or the date.',
    ])
    expect(trouble('Monday 3 March')[0]).toContain('in 2026 that day is a Tuesday')
  })
})

describe('words that hang on the day of reading', () => {
  it.each([
    ['en', 'The call closes tomorrow.'],
    ['fi', 'Ilmoittaudu huomenna!'],
    ['it', 'Ci vediamo domani'],
    ['nl', 'Tot morgen'],
    ['hr', 'Vidimo se sutra'],
    ['ro', 'Ne vedem mâine'],
    ['lt', 'Iki rytoj'],
  ])('are said in %s: %s', (language, text) => {
    expect(trouble(text, language, TODAY)[0]).toContain('will mean Wednesday, 4 March 2026')
    expect(trouble(text, language)[0]).toContain('Name the day.')
  })

  it('contradict the date beside them', () => {
    expect(trouble('tomorrow, 12 March', 'en', TODAY)).toEqual([
      expect.stringContaining('is not the date beside it'),
    ])
    expect(trouble('tomorrow, 4 March', 'en', TODAY)).toEqual([])
    expect(trouble('tomorrow, 12 March', 'en', null)).toEqual([])
  })

  it('take a weekday for the same day when it goes out on it', () => {
    expect(trouble('We meet on Tuesday.', 'en', TODAY)).toEqual([expect.stringContaining('the same day')])
    expect(trouble('We meet on Thursday.', 'en', TODAY)).toEqual([])
    expect(trouble('We meet every Tuesday.', 'en', TODAY)).toEqual([])
    expect(trouble('We meet on Tuesday, 10 March.', 'en', TODAY)).toEqual([])
    expect(trouble('next week', 'en', TODAY)[0]).toContain('the week from Monday, 9 March 2026')
  })
})

it('never throws and ends soon, whatever stands there', () => {
  const pieces = fc.constantFrom(
    '3',
    '.',
    ' ',
    'March',
    'Monday',
    'tomorrow',
    '2026',
    'd.',
    'm.',
    ',',
    '\n',
    'İ',
    '٣',
    'kovo',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }),
      fc.constantFrom(...LANGUAGES, 'xx', 'tr', 'ar'),
      (parts, language) => {
        expect(Array.isArray(trouble(parts.join(''), language, TODAY))).toBe(true)
      },
    ),
  )
  const long = 'monday 3 3. march '.repeat(3000)
  const before = process.cpuUsage()
  trouble(long)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000)
})

it('knows its calendar', () => {
  expect(calendarDay(2026, 2, 29)).toBeNull()
  expect(weekdayOf(day('2026-03-02'))).toBe(0)
  expect(weekdayOf(day('1969-12-31'))).toBe(2)
  expect(dayOf(new Date('2026-03-02T23:30:00Z'), 'Europe/Helsinki')).toBe(day('2026-03-03'))
})
