import type { Migration } from 'kysely'
import * as firstTables from './0001-first-tables.js'
import * as rateLimits from './0002-rate-limits.js'
import * as countedSubscriptions from './0003-counted-subscriptions.js'
import * as sendingEngine from './0004-sending-engine.js'
import * as auditDetail from './0005-audit-detail.js'
import * as newsDesk from './0006-news-desk.js'
import * as leanLedger from './0007-lean-ledger.js'
import * as pictures from './0008-pictures.js'
import * as draftSteps from './0009-draft-steps.js'
import * as holds from './0010-holds.js'
import * as leanerLedger from './0011-leaner-ledger.js'
import * as designsAndBrand from './0012-designs-and-brand.js'
import * as backgroundChecks from './0013-background-checks.js'
import * as approval from './0014-approval.js'
import * as schedule from './0015-schedule.js'
import * as languages from './0016-languages.js'
import * as archive from './0017-archive.js'
import * as templates from './0018-templates.js'
import * as audience from './0019-audience.js'
import * as imports from './0020-imports.js'
import * as segments from './0021-segments.js'
import * as forms from './0022-forms.js'
import * as evidence from './0023-evidence.js'
import * as erasureAndRetention from './0024-erasure-and-retention.js'
import * as newsUse from './0025-news-use.js'
import * as translatedAlt from './0027-translated-alt.js'
import * as askingMailboxes from './0028-asking-mailboxes.js'
import * as failedImports from './0029-failed-imports.js'
import * as formerAddresses from './0030-former-addresses.js'
import * as movedAddresses from './0031-moved-addresses.js'
import * as fieldWords from './0032-field-words.js'
import * as retentionInOnePlace from './0034-retention-in-one-place.js'
import * as evidenceAsItWas from './0035-evidence-as-it-was.js'
import * as keysByStatement from './0036-keys-by-statement.js'

/** Every migration in order, listed by hand so that a compiled build finds them too; never edit one that was released. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-rate-limits': rateLimits,
  '0003-counted-subscriptions': countedSubscriptions,
  '0004-sending-engine': sendingEngine,
  '0005-audit-detail': auditDetail,
  '0006-news-desk': newsDesk,
  '0007-lean-ledger': leanLedger,
  '0008-pictures': pictures,
  '0009-draft-steps': draftSteps,
  '0010-holds': holds,
  '0011-leaner-ledger': leanerLedger,
  '0012-designs-and-brand': designsAndBrand,
  '0013-background-checks': backgroundChecks,
  '0014-approval': approval,
  '0015-schedule': schedule,
  '0016-languages': languages,
  '0017-archive': archive,
  '0018-templates': templates,
  '0019-audience': audience,
  '0020-imports': imports,
  '0021-segments': segments,
  '0022-forms': forms,
  '0023-evidence': evidence,
  '0024-erasure-and-retention': erasureAndRetention,
  '0025-news-use': newsUse,
  '0027-translated-alt': translatedAlt,
  '0028-asking-mailboxes': askingMailboxes,
  '0029-failed-imports': failedImports,
  '0030-former-addresses': formerAddresses,
  '0031-moved-addresses': movedAddresses,
  '0032-field-words': fieldWords,
  '0034-retention-in-one-place': retentionInOnePlace,
  '0035-evidence-as-it-was': evidenceAsItWas,
  '0036-keys-by-statement': keysByStatement,
}
