import type { Delivery } from '../../db/tables/delivery.js'

export type DeliveryStatus = Delivery['status']

/**
 * From which state a delivery may go where; everything else is refused. `sending → pending` is a deferral or a claim given back;
 * what leaves `rejected` and `unknown` is an operator's decision, never the machine's.
 */
export const DELIVERY_MOVES: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  pending: ['sending', 'skipped'],
  sending: ['accepted', 'rejected', 'unknown', 'pending'],
  accepted: [],
  rejected: ['pending'],
  unknown: ['accepted', 'pending'],
  skipped: [],
}
