import type { SubscriberMail } from '../../../db/tables/subscriber-mail.js'
import type { KeyRing } from '../../secrets.js'
import { deliveryToken, rowToken } from '../tokens.js'

type Linked = Pick<SubscriberMail, 'id' | 'kind' | 'subscriber_id'>

/** Where the button of a mail leads; null: it has none. */
export function mailLink(ring: KeyRing, publicUrl: string, mail: Linked): string | null {
  switch (mail.kind) {
    case 'welcome': {
      // It belongs to no issue, so the mail itself says when it was written.
      const ids = { subscriberId: mail.subscriber_id, issueId: mail.id }
      return `${publicUrl}/p/${deliveryToken(ring, 'prefs', ids)}`
    }
    case 'goodbye':
      return `${publicUrl}/join`
    case 'download':
      return `${publicUrl}/downloads/${rowToken(ring, 'download', mail.id)}`
    case 'erase':
      return `${publicUrl}/erasures/${rowToken(ring, 'erase', mail.id)}`
    case 'address':
      return `${publicUrl}/address-changes/${rowToken(ring, 'address', mail.id)}`
    case 'address-notice':
      return `${publicUrl}/address-returns/${rowToken(ring, 'address-notice', mail.id)}`
  }
}
