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
] as const)('is patient with %s in its own way', (replyClass, pauses) => {
  const waits = [1, 2, 3].map(
    (attempts) =>
      ((nextAttemptAt({ attempts, firstAttemptAt }, { now: firstAttemptAt, replyClass })?.getTime() ?? 0) -
        firstAttemptAt.getTime()) /
      60_000,
  )
  expect(waits).toEqual(pauses)
})
