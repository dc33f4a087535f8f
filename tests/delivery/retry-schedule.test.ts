import fc from 'fast-check'
import { nextAttemptAt } from '../../src/delivery/retry-schedule.js'

const firstAttemptAt = new Date('2026-03-02T09:00:00Z')
const minutesUntil = (attempts: number) =>
  ((nextAttemptAt({ attempts, firstAttemptAt }, { now: firstAttemptAt, replyClass: 'soft' })?.getTime() ??
    0) -
    firstAttemptAt.getTime()) /
  60_000

it('waits longer after each attempt, then four hours each time', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map(minutesUntil)).toEqual([5, 15, 30, 60, 120, 240, 240, 240])
})

it('gives up when the next attempt would come after 48 hours', () => {
  const at = (hours: number) => new Date(firstAttemptAt.getTime() + hours * 3_600_000)
  expect(nextAttemptAt({ attempts: 9, firstAttemptAt }, { now: at(44), replyClass: 'soft' })).toEqual(at(48))
  expect(
    nextAttemptAt(
      { attempts: 9, firstAttemptAt },
      { now: new Date(at(44).getTime() + 1), replyClass: 'soft' },
    ),
  ).toBeNull()
})

it.each([
  ['greylisted', [5, 10, 15]],
  ['full', [60, 240, 720]],
  ['throttled', [10, 20, 40]],
  ['policy', [30, 60, 120]],
  ['soft', [5, 15, 30]],
] as const)('is patient with %s in its own way', (replyClass, pauses) => {
  const waits = [1, 2, 3].map(
    (attempts) =>
      ((nextAttemptAt({ attempts, firstAttemptAt }, { now: firstAttemptAt, replyClass })?.getTime() ?? 0) -
        firstAttemptAt.getTime()) /
      60_000,
  )
  expect(waits).toEqual(pauses)
})

it('gives up when it is told to', () => {
  const hourLater = new Date(firstAttemptAt.getTime() + 3_600_000)
  const deferral = { now: hourLater, replyClass: 'soft' } as const
  expect(
    nextAttemptAt({ attempts: 1, firstAttemptAt }, { ...deferral, giveUpAfterMs: 64 * 60_000 }),
  ).toBeNull()
  expect(nextAttemptAt({ attempts: 1, firstAttemptAt }, { ...deferral, giveUpAfterMs: 65 * 60_000 })).toEqual(
    new Date(hourLater.getTime() + 5 * 60_000),
  )
})

it('never tries at once, never sooner than the time before, and never after it should have given up', () => {
  const classes = [
    'greylisted',
    'soft',
    'full',
    'throttled',
    'policy',
    'content',
    'unsupported',
    'ours',
  ] as const
  const anyMs = fc.nat(72 * 3_600_000)
  fc.assert(
    fc.property(fc.constantFrom(...classes), fc.integer({ min: 1, max: 60 }), anyMs, anyMs, (...drawn) => {
      const [replyClass, attempts, lateBy, giveUpAfterMs] = drawn
      const now = new Date(firstAttemptAt.getTime() + lateBy)
      const pauseAfter = (count: number) => {
        const endless = { now, replyClass, giveUpAfterMs: Number.POSITIVE_INFINITY }
        return (nextAttemptAt({ attempts: count, firstAttemptAt }, endless)?.getTime() ?? 0) - now.getTime()
      }
      expect(pauseAfter(attempts)).toBeGreaterThanOrEqual(replyClass === 'throttled' ? 600_000 : 300_000)
      expect(pauseAfter(attempts + 1)).toBeGreaterThanOrEqual(pauseAfter(attempts))
      const next = nextAttemptAt({ attempts, firstAttemptAt }, { now, replyClass, giveUpAfterMs })
      if (next) expect(next.getTime() - firstAttemptAt.getTime()).toBeLessThanOrEqual(giveUpAfterMs)
      else expect(lateBy + pauseAfter(attempts)).toBeGreaterThan(giveUpAfterMs)
    }),
  )
})
