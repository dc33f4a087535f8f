import { archivedFields } from './checks/archived-fields.js'
import { audience } from './checks/audience.js'
import { blocks } from './checks/blocks.js'
import { bounceDomain } from './checks/bounce-domain.js'
import { clientSupport } from './checks/client-support.js'
import { contrast } from './checks/contrast.js'
import { customAlt } from './checks/custom-alt.js'
import { dateWords } from './checks/date-words.js'
import { deadLinks } from './checks/dead-links.js'
import { details } from './checks/details.js'
import { dkim } from './checks/dkim.js'
import { dmarc } from './checks/dmarc.js'
import { emptyFields } from './checks/empty-fields.js'
import { funding } from './checks/funding.js'
import { headingOrder } from './checks/heading-order.js'
import { inboxLine } from './checks/inbox-line.js'
import { language } from './checks/language.js'
import { linkWords } from './checks/link-words.js'
import { mailSize } from './checks/mail-size.js'
import { pastDays } from './checks/past-days.js'
import { picturesAndWords } from './checks/pictures-and-words.js'
import { plainHttp } from './checks/plain-http.js'
import { senderAddress } from './checks/sender-address.js'
import { spamScore } from './checks/spam-score.js'
import { spf } from './checks/spf.js'
import { wayOut } from './checks/way-out.js'
import type { FindingGroup } from './finding.js'
import type { Check } from './subject.js'

/** Every check, in the order in which its findings stand, with the group that they stand in. */
export const CHECKS: readonly { name: string; group: FindingGroup; check: Check }[] = [
  { name: 'details', group: 'words', check: details },
  { name: 'blocks', group: 'words', check: blocks },
  { name: 'inbox-line', group: 'words', check: inboxLine },
  { name: 'date-words', group: 'words', check: dateWords },
  { name: 'past-days', group: 'words', check: pastDays },
  { name: 'funding', group: 'words', check: funding },
  { name: 'way-out', group: 'links', check: wayOut },
  { name: 'link-words', group: 'links', check: linkWords },
  { name: 'dead-links', group: 'links', check: deadLinks },
  { name: 'plain-http', group: 'links', check: plainHttp },
  { name: 'language', group: 'reading', check: language },
  { name: 'custom-alt', group: 'reading', check: customAlt },
  { name: 'heading-order', group: 'reading', check: headingOrder },
  { name: 'contrast', group: 'reading', check: contrast },
  { name: 'pictures-and-words', group: 'arriving', check: picturesAndWords },
  { name: 'client-support', group: 'arriving', check: clientSupport },
  { name: 'mail-size', group: 'arriving', check: mailSize },
  { name: 'spam-score', group: 'arriving', check: spamScore },
  { name: 'sender-address', group: 'sender', check: senderAddress },
  { name: 'spf', group: 'sender', check: spf },
  { name: 'dkim', group: 'sender', check: dkim },
  { name: 'dmarc', group: 'sender', check: dmarc },
  { name: 'bounce-domain', group: 'sender', check: bounceDomain },
  { name: 'audience', group: 'audience', check: audience },
  { name: 'empty-fields', group: 'audience', check: emptyFields },
  { name: 'archived-fields', group: 'audience', check: archivedFields },
]
