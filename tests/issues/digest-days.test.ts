import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type { DigestRule } from '../../db/tables/digest.js'
import { comingDigests, isOn, nextDigest } from '../../src/issues/digests/digest-days.js'

const times = (rule: DigestRule, time_of_day = '09:00:00', time_zone = 'Europe/Helsinki') => ({
  rule,
  time_of_day,
  time_zone,
})
const coming = (of: ReturnType<typeof times>, after: string, most = 3) =>
  comingDigests(of, { after: new Date(after), most }).map((at) => at.toISOString())

it('comes every first Monday at nine, winter and summer', () => {
  const monday = times({ every: 'month', nth: 1, weekday: 1 })
  expect(coming(monday, '2026-03-02T07:00:00Z', 2)).toEqual([
    '2026-04-06T06:00:00.000Z',
    '2026-05-04T06:00:00.000Z',
  ])
  expect(nextDigest(monday, new Date('2026-03-02T06:59:59Z'))).toEqual({
    at: new Date('2026-03-02T07:00:00Z'),
    day: '2026-03-02',
  })
})

it('comes on days of the week, on the last Friday, and on the last day of shorter months', () => {
  expect(coming(times({ every: 'week', weekdays: [2, 4] }, '08:00', 'UTC'), '2026-03-02T00:00Z')).toEqual([
    '2026-03-03T08:00:00.000Z',
    '2026-03-05T08:00:00.000Z',
    '2026-03-10T08:00:00.000Z',
  ])
  expect(
    coming(times({ every: 'month', nth: -1, weekday: 5 }, '08:00', 'UTC'), '2026-01-01T00:00Z', 2),
  ).toEqual(['2026-01-30T08:00:00.000Z', '2026-02-27T08:00:00.000Z'])
  expect(coming(times({ every: 'month-day', day: 31 }, '08:00', 'UTC'), '2026-01-15T00:00Z')).toEqual([
    '2026-01-31T08:00:00.000Z',
    '2026-02-28T08:00:00.000Z',
    '2026-03-31T08:00:00.000Z',
  ])
})

it('means later what the clocks skip, and the first of what comes twice', () => {
  const sunday = times({ every: 'week', weekdays: [7] }, '03:30')
  expect(coming(sunday, '2026-03-28T12:00Z', 1)).toEqual(['2026-03-29T01:30:00.000Z'])
  expect(coming(sunday, '2026-10-24T12:00Z', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-11-01T01:30:00.000Z',
  ])
})

it('never comes twice on a day, nor out of order, nor on another day than it says', () => {
  const rules = fc.oneof(
    fc.record({
      every: fc.constant('week' as const),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    }),
    fc.record({
      every: fc.constant('month' as const),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday: fc.integer({ min: 1, max: 7 }),
    }),
    fc.record({ every: fc.constant('month-day' as const), day: fc.integer({ min: 1, max: 31 }) }),
  )
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Lisbon',
    'America/St_Johns',
    'Pacific/Auckland',
    'Asia/Kathmandu',
  )
  const begins = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(rules, zones, begins, fc.integer({ min: 0, max: 23 }), (rule, zone, after, hour) => {
      const of = times(rule, `${String(hour).padStart(2, '0')}:30`, zone)
      const found = comingDigests(of, { after, most: 4 })
      expect(found).toHaveLength(4)
      const days = found.map((at) =>
        Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate(),
      )
      expect(days.every((day) => isOn(rule, day))).toBe(true)
      expect(new Set(days.map(String)).size).toBe(4)
      expect([after, ...found].map(Number)).toEqual([after, ...found].map(Number).sort((a, b) => a - b))
    }),
  )
})
