import type { AccountTable } from './account.js'
import type { AccountLinkTable } from './account-link.js'
import type { ApprovalTable } from './approval.js'
import type { ApprovalMailTable } from './approval-mail.js'
import type { AuditEntryTable } from './audit-entry.js'
import type { BackgroundCheckTable } from './background-check.js'
import type { BatchTable } from './batch.js'
import type { BlockTable } from './block.js'
import type { BlockTextTable } from './block-text.js'
import type { BulkActTable } from './bulk-act.js'
import type { BulkChangeTable } from './bulk-change.js'
import type { CapturedMailTable } from './captured-mail.js'
import type { CommentTable } from './comment.js'
import type { ConfirmationTable } from './confirmation.js'
import type { ConsentEventTable } from './consent-event.js'
import type { DeliveryTable } from './delivery.js'
import type { DigestTable } from './digest.js'
import type { DraftStepTable } from './draft-step.js'
import type { EditionTable } from './edition.js'
import type { ErasureTable } from './erasure.js'
import type { FeedTable } from './feed.js'
import type { FieldTable } from './field.js'
import type { FormTable } from './form.js'
import type { FormVersionTable } from './form-version.js'
import type { FormerAddressTable } from './former-address.js'
import type { ImportTable } from './import.js'
import type { ImportFileTable } from './import-file.js'
import type { ImportRefusalTable } from './import-refusal.js'
import type { ImportRowTable } from './import-row.js'
import type { IssueTable } from './issue.js'
import type { IssueLanguageTable } from './issue-language.js'
import type { IssueListTable } from './issue-list.js'
import type { IssueSegmentTable } from './issue-segment.js'
import type { KeptEvidenceTable } from './kept-evidence.js'
import type { LeaveReasonTable } from './leave-reason.js'
import type { ListTable } from './list.js'
import type { ListFormerNameTable } from './list-former-name.js'
import type { MergedSubscriberTable } from './merged-subscriber.js'
import type { NewsItemTable } from './news-item.js'
import type { NewsItemTextTable } from './news-item-text.js'
import type { OrganisationTable } from './organisation.js'
import type { PictureTable } from './picture.js'
import type { ProviderTable } from './provider.js'
import type { RateLimitTable } from './rate-limit.js'
import type { RelayTable } from './relay.js'
import type { ReportTable } from './report.js'
import type { RetentionTable } from './retention.js'
import type { SegmentTable } from './segment.js'
import type { SendingSettingsTable } from './sending-settings.js'
import type { SessionTable } from './session.js'
import type { SignUpTable } from './sign-up.js'
import type { SubscriberTable } from './subscriber.js'
import type { SubscriberMailTable } from './subscriber-mail.js'
import type { SubscriberNoteTable } from './subscriber-note.js'
import type { SubscriptionTable } from './subscription.js'
import type { SuppressionTable } from './suppression.js'
import type { TallyTable } from './tally.js'
import type { TemplateTable } from './template.js'
import type { TemplateVersionTable } from './template-version.js'
import type { TestChoiceTable } from './test-choice.js'
import type { TestGroupTable } from './test-group.js'
import type { TokenBucketTable } from './token-bucket.js'
import type { TransportErrorTable } from './transport-error.js'
import type { WarmUpTable } from './warm-up.js'
import type { WorkerTable } from './worker.js'

/** Every table of the schema by its name; a test compares them with the real one. */
export type Tables = {
  draft_step: DraftStepTable
  account: AccountTable
  account_link: AccountLinkTable
  session: SessionTable
  organisation: OrganisationTable
  field: FieldTable
  subscriber: SubscriberTable
  list: ListTable
  list_former_name: ListFormerNameTable
  subscription: SubscriptionTable
  confirmation: ConfirmationTable
  consent_event: ConsentEventTable
  suppression: SuppressionTable
  feed: FeedTable
  news_item: NewsItemTable
  issue: IssueTable
  issue_list: IssueListTable
  block: BlockTable
  edition: EditionTable
  delivery: DeliveryTable
  transport_error: TransportErrorTable
  audit_entry: AuditEntryTable
  rate_limit: RateLimitTable
  batch: BatchTable
  worker: WorkerTable
  tally: TallyTable
  relay: RelayTable
  sending_settings: SendingSettingsTable
  provider: ProviderTable
  warm_up: WarmUpTable
  token_bucket: TokenBucketTable
  captured_mail: CapturedMailTable
  picture: PictureTable
  template: TemplateTable
  template_version: TemplateVersionTable
  report: ReportTable
  digest: DigestTable
  issue_language: IssueLanguageTable
  block_text: BlockTextTable
  news_item_text: NewsItemTextTable
  background_check: BackgroundCheckTable
  approval: ApprovalTable
  approval_mail: ApprovalMailTable
  comment: CommentTable
  test_group: TestGroupTable
  test_choice: TestChoiceTable
  import: ImportTable
  import_row: ImportRowTable
  import_refusal: ImportRefusalTable
  import_file: ImportFileTable
  erasure: ErasureTable
  former_address: FormerAddressTable
  kept_evidence: KeptEvidenceTable
  retention: RetentionTable
  segment: SegmentTable
  issue_segment: IssueSegmentTable
  bulk_act: BulkActTable
  bulk_change: BulkChangeTable
  subscriber_note: SubscriberNoteTable
  merged_subscriber: MergedSubscriberTable
  subscriber_mail: SubscriberMailTable
  leave_reason: LeaveReasonTable
  form: FormTable
  form_version: FormVersionTable
  sign_up: SignUpTable
}
