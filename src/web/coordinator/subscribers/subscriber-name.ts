import type { Subscriber } from '../../../../db/tables/subscriber.js'

/** First and last name of a subscriber; empty when neither is known. */
export function subscriberName({ fields }: Pick<Subscriber, 'fields'>): string {
  return [fields['FIRSTNAME'], fields['LASTNAME']].filter(Boolean).join(' ')
}
