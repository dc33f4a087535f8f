import {
  type SubscriptionMove,
  type SubscriptionStatus,
  stateAfter,
  statesBefore,
} from '../../src/audience/subscription-status.js'

const TABLE: [SubscriptionStatus, SubscriptionMove, SubscriptionStatus | null][] = [
  ['pending', 'join', null],
  ['pending', 'confirm', 'confirmed'],
  ['pending', 'leave', 'unsubscribed'],
  ['pending', 'add', 'confirmed'],
  ['confirmed', 'join', null],
  ['confirmed', 'confirm', null],
  ['confirmed', 'leave', 'unsubscribed'],
  ['confirmed', 'add', null],
  ['unsubscribed', 'join', 'pending'],
  ['unsubscribed', 'confirm', null],
  ['unsubscribed', 'leave', null],
  ['unsubscribed', 'add', null],
]

it.each(TABLE)('%s, %s: %s', (status, move, after) => {
  expect(stateAfter(status, move)).toBe(after)
  expect(statesBefore(move).includes(status)).toBe(after !== null)
})
