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
import { newsLanguage } from './checks/news-language.js'
import { pastDays } from './checks/past-days.js'
import { picturesAndWords } from './checks/pictures-and-words.js'
import { plainHttp } from './checks/plain-http.js'
import { senderAddress } from './checks/sender-address.js'
import { spamScore } from './checks/spam-score.js'
import { spf } from './checks/spf.js'
import { wayOut } from './checks/way-out.js'
import type { FindingGroup } from './finding.js'
import type { Check } from './subject.js'

/**
 * What a check is about: the words of an edition, the look that they share unless a language adds to it, or the issue itself, which is the
 * same in all its languages.
 */
type Scope = 'words' | 'look' | 'issue'

/** Every check, in the order in which its findings stand, with the group that they stand in. */
export const CHECKS: readonly { name: string; group: FindingGroup; scope: Scope; check: Check }[] = [
  { name: 'details', group: 'words', scope: 'issue', check: details },
  { name: 'blocks', group: 'words', scope: 'words', check: blocks },
  { name: 'inbox-line', group: 'words', scope: 'words', check: inboxLine },
  { name: 'date-words', group: 'words', scope: 'words', check: dateWords },
  { name: 'news-language', group: 'words', scope: 'issue', check: newsLanguage },
  { name: 'past-days', group: 'words', scope: 'issue', check: pastDays },
  { name: 'funding', group: 'words', scope: 'issue', check: funding },
  { name: 'way-out', group: 'links', scope: 'words', check: wayOut },
  { name: 'link-words', group: 'links', scope: 'words', check: linkWords },
  { name: 'dead-links', group: 'links', scope: 'words', check: deadLinks },
  { name: 'plain-http', group: 'links', scope: 'words', check: plainHttp },
  { name: 'language', group: 'reading', scope: 'issue', check: language },
  { name: 'custom-alt', group: 'reading', scope: 'words', check: customAlt },
  { name: 'heading-order', group: 'reading', scope: 'look', check: headingOrder },
  { name: 'contrast', group: 'reading', scope: 'look', check: contrast },
  { name: 'pictures-and-words', group: 'arriving', scope: 'words', check: picturesAndWords },
  { name: 'client-support', group: 'arriving', scope: 'look', check: clientSupport },
  { name: 'mail-size', group: 'arriving', scope: 'words', check: mailSize },
  { name: 'spam-score', group: 'arriving', scope: 'words', check: spamScore },
  { name: 'sender-address', group: 'sender', scope: 'issue', check: senderAddress },
  { name: 'spf', group: 'sender', scope: 'issue', check: spf },
  { name: 'dkim', group: 'sender', scope: 'issue', check: dkim },
  { name: 'dmarc', group: 'sender', scope: 'issue', check: dmarc },
  { name: 'bounce-domain', group: 'sender', scope: 'issue', check: bounceDomain },
  { name: 'audience', group: 'audience', scope: 'issue', check: audience },
  { name: 'empty-fields', group: 'audience', scope: 'words', check: emptyFields },
  { name: 'archived-fields', group: 'audience', scope: 'issue', check: archivedFields },
]
