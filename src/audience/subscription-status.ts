import type { Subscription } from '../../db/tables/subscription.js'

export type SubscriptionStatus = Subscription['status']

/** What can happen to a subscription: asked to join again, confirmed the mailbox, left, or was added by a coordinator. */
export type SubscriptionMove = 'join' | 'confirm' | 'leave' | 'add'

// Nobody but the person brings back somebody who left: `add` takes no unsubscribed one.
const MOVES: Record<SubscriptionMove, { from: SubscriptionStatus[]; to: SubscriptionStatus }> = {
  join: { from: ['unsubscribed'], to: 'pending' },
  confirm: { from: ['pending'], to: 'confirmed' },
  leave: { from: ['pending', 'confirmed'], to: 'unsubscribed' },
  add: { from: ['pending'], to: 'confirmed' },
}

/** The states that a move may leave, for the where clause of its update. */
export function statesBefore(move: SubscriptionMove): readonly SubscriptionStatus[] {
  return MOVES[move].from
}

/** The state after a move, or null when the move changes nothing from there. */
export function stateAfter(status: SubscriptionStatus, move: SubscriptionMove): SubscriptionStatus | null {
  return MOVES[move].from.includes(status) ? MOVES[move].to : null
}
