import fc from 'fast-check'
import { duration } from '../../../src/web/coordinator/report/duration.js'
import { paceChart } from '../../../src/web/coordinator/report/pace-chart.js'
import { trailView } from '../../../src/web/coordinator/report/trail-view.js'

const AT = new Date('2026-03-02T09:00:00Z')

it.each([
  [0, 'less than a second'],
  [1000, '1 second'],
  [61_000, '1 minute 1 second'],
  [3_600_000, '1 hour'],
  [7_500_000, '2 hours 5 minutes'],
  [90_000_000, '1 day 1 hour'],
])('says %d ms as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words)
})

it('tells a pause of its own from one by a person, and says what it has no words for', () => {
  const entry = { at: AT, detail: '', by: null }
  const trail = [
    { ...entry, action: 'pause-issue', detail: '30 of 100 readers were refused.' },
    { ...entry, action: 'pause-issue', by: 'Aino' },
    { ...entry, action: 'mend-issue', by: 'Aino' },
    { ...entry, action: 'ended' },
  ]
  expect(trailView(trail, { status: 'sent' }).map(({ text }) => text)).toEqual([
    'Paused itself',
    'Paused',
    'Mend issue',
    'Everybody was settled',
  ])
  expect(trailView(trail, { status: 'cancelled' })).toHaveLength(3)
})

it('draws bars that stand on the ground, touch, and never pass the top', () => {
  const count = fc.nat({ max: 1_000_000 })
  const stretch = fc.record({ accepted: count, rejected: count, unknown: count })
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 48 }), (counts) => {
      const stretches = counts.map((one, index) => ({
        ...one,
        at: new Date(AT.getTime() + index * 60_000).toISOString(),
      }))
      const ends = { firstAt: AT.toISOString(), lastAt: AT.toISOString() }
      const chart = paceChart({ seconds: 60, stretches, ...ends }, 'Europe/Helsinki')
      for (const start of new Set(chart.bars.map(({ x }) => x))) {
        let ground = chart.height
        for (const { y, height } of chart.bars.filter(({ x }) => x === start)) {
          expect(y + height).toBeCloseTo(ground, 1)
          ground = y
        }
        expect(ground).toBeGreaterThanOrEqual(-0.05)
      }
      for (const { x, width } of chart.bars) expect(x + width).toBeLessThanOrEqual(chart.width)
      expect(chart.rows).toHaveLength(
        counts.filter((one) => one.accepted + one.rejected + one.unknown > 0).length,
      )
    }),
  )
})
