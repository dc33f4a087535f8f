import { readTimeZone, timeZones } from '../src/time-zones.js'

it.each([
  ['Europe/Helsinki', 'Europe/Helsinki'],
  [' europe/helsinki ', 'Europe/Helsinki'],
  ['Helsinki', 'Europe/Helsinki'],
  ['new york', 'America/New_York'],
  ['utc', 'UTC'],
])('understands %p as %s', (typed, zone) => {
  expect(readTimeZone(typed, 'zone')).toBe(zone)
})

it.each(['', 'Nowhere', 'Europe', 'Europe/Nowhere', '+02:00', 'Europe/Helsinki; drop', null, 7])(
  'refuses %p at its field',
  (typed) => {
    expect(() => readTimeZone(typed, 'zone')).toThrow('There is no such time zone.')
  },
)

it('knows every zone that it offers, and offers none twice', () => {
  const all = timeZones()
  expect(new Set(all).size).toBe(all.length)
  expect(all.map((zone) => readTimeZone(zone, 'zone'))).toEqual(all)
})
