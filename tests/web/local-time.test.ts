import fc from 'fast-check'
import { formatTime, localMoments, offsetOf, parseLocalTime, toLocalTime } from '../../src/web/local-time.js'

const parse = (text: string, timeZone: string) =>
  parseLocalTime(text, { timeZone, field: 'sendAt' }).toISOString()

describe('a time in the account’s time zone', () => {
  it('means the moment it has there, in winter and in summer', () => {
    expect(parse('2026-01-15T09:00', 'Europe/Helsinki')).toBe('2026-01-15T07:00:00.000Z')
    expect(parse('2026-07-15T09:00', 'Europe/Helsinki')).toBe('2026-07-15T06:00:00.000Z')
    expect(formatTime(new Date('2026-07-15T06:00Z'), 'Europe/Helsinki')).toBe('15 Jul 2026, 09:00')
  })

  it('takes the first of an hour that comes twice and refuses one that never comes', () => {
    expect(parse('2026-10-25T03:30', 'Europe/Helsinki')).toBe('2026-10-25T00:30:00.000Z')
    expect(() => parse('2026-03-29T03:30', 'Europe/Helsinki')).toThrow('clocks go forward')
  })

  it('says what the clocks skip and what to choose instead, and knows both of an hour that comes twice', () => {
    expect(() => parse('2026-03-29T03:30', 'Europe/Helsinki')).toThrow('such as 04:30')
    const place = { timeZone: 'America/New_York', field: 'sendAt' }
    const moments = localMoments('2026-11-01T01:30', place)
    expect(moments.map((moment) => moment.toISOString())).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ])
    expect(moments.map((moment) => offsetOf(moment, place.timeZone))).toEqual(['-04:00', '-05:00'])
    expect(localMoments('2026-11-01T03:30', place)).toHaveLength(1)
  })

  it.each(['', 'tomorrow', '2026-02-30T09:00', '2026-03-02', '2026-03-02T25:00', '2026-03-02T09:00+02:00'])(
    'refuses %p at its field',
    (text) => {
      expect(() => parse(text, 'UTC')).toThrow('Choose a day and a time.')
    },
  )

  it('comes back as it was typed, in any zone, unless the hour comes twice', () => {
    const zones = ['UTC', 'Europe/Lisbon', 'Europe/Athens', 'Asia/Kolkata', 'Pacific/Auckland']
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (moment, timeZone) => {
        const shown = toLocalTime(moment, timeZone)
        const read = parseLocalTime(shown, { timeZone, field: 'sendAt' })
        expect(toLocalTime(read, timeZone)).toBe(shown)
      }),
    )
  })
})
