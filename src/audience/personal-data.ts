import { stringify } from 'csv-stringify/sync'
import type { Context } from '../context.js'
import { type SubscriberRecord, subscriberRecord } from './subscriber-record.js'

type Needs = Pick<Context, 'db' | 'keys'>
type Whose = { db: Context['db']; subscriberId: string }

/** All that is kept about one person, as they may take it with them (GDPR articles 15 and 20). */
export type PersonalData = Awaited<ReturnType<typeof personalData>>

/** Gathers all that is kept about one person. Throws `NotFoundError`. */
export async function personalData({ db, keys }: Needs, subscriberId: string) {
  const { subscriber, subscriptions, events, suppression, former } = await subscriberRecord(
    { db, keys },
    subscriberId,
  )
  const whose = { db, subscriberId }
  const forms = await db.selectFrom('form').select(['id', 'name']).execute()
  const formName = (id: string | null) => forms.find((form) => form.id === id)?.name ?? null
  const { email, fields, language, time_zone, created_at, snoozed_until, tracking_consent } = subscriber
  return {
    address: email,
    former_addresses: former.map((one) => one.email),
    language,
    time_zone,
    since: created_at,
    address_changed_at: subscriber.links_since,
    rests_until: snoozed_until,
    tracking_allowed: tracking_consent === true,
    fields,
    newsletters: subscriptions.map(
      ({ listName: name, status, created_at, confirmed_at, unsubscribed_at, unsubscribe_channel }) => ({
        ...{ name, status, since: created_at, confirmed_at, unsubscribed_at, unsubscribe_channel },
      }),
    ),
    consent: events.map((event) => consentOf(event, formName(event.form_id))).reverse(),
    confirmations: await confirmationsOf(whose),
    issues: await issuesOf(whose),
    mails: await mailsOf(whose),
    reasons_for_leaving: await reasonsOf(whose),
    notes: await notesOf(whose),
    changes: await changesOf(whose),
    no_mail: suppression ? { reason: suppression.reason, since: suppression.created_at } : null,
  }
}

function consentOf(event: SubscriberRecord['events'][number], form: string | null) {
  const { listName: newsletter, kind, channel, consent_text, language, note, occurred_at: at } = event
  const { form_version, message_id, template_version, mail_sent_at } = event
  return {
    ...{ at, kind, newsletter, channel, text: consent_text, language, note },
    ...{ form, form_version, message_id, template_version, mail_sent_at },
  }
}

function confirmationsOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('confirmation')
    .select(['created_at as asked_at', 'sent_at', 'reminded_at', 'used_at as confirmed_at', 'expires_at'])
    .select(['mail_message_id as message_id', 'consent_text as text', 'fields'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('created_at')
    .execute()
}

/** What was sent, and all that mail servers answered. */
function issuesOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('delivery')
    .innerJoin('issue', 'issue.id', 'delivery.issue_id')
    .select(['issue.title', 'delivery.status', 'delivery.finished_at as at'])
    .select(['delivery.attempts', 'delivery.first_attempt_at', 'delivery.skip_reason'])
    .select(['delivery.smtp_code', 'delivery.smtp_enhanced_code', 'delivery.smtp_text'])
    .select(['delivery.bounced_at', 'delivery.complained_at'])
    .where('delivery.subscriber_id', '=', subscriberId)
    .orderBy('delivery.finished_at')
    .execute()
}

/** Short mails about their own affairs. */
function mailsOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('subscriber_mail')
    .select(['kind', 'address', 'language', 'created_at as asked_at', 'sent_at', 'used_at', 'expires_at'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('created_at')
    .execute()
}

function reasonsOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('leave_reason')
    .select(['reason', 'note', 'created_at as at'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('created_at')
    .execute()
}

function notesOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('subscriber_note')
    .select(['written_at as at', 'text'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('written_at')
    .execute()
}

/** What stood here before somebody changed it for many people at once. */
function changesOf({ db, subscriberId }: Whose) {
  return db
    .selectFrom('bulk_change')
    .select('before')
    .where('subscriber_id', '=', subscriberId)
    .orderBy('act_id')
    .execute()
}

/** The same as rows of a spreadsheet: what it belongs to, its name, its value. Values that a spreadsheet would run as formulas are made harmless. */
export function personalDataCsv(data: PersonalData): string {
  const rows: string[][] = []
  const add = (part: string, values: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(values)) rows.push([part, name, asText(value)])
  }
  const { fields, no_mail, newsletters, consent, confirmations, issues, ...rest } = data
  const { mails, reasons_for_leaving, notes, changes, ...own } = rest
  add('person', own)
  add('fields', fields)
  const many = { newsletters, consent, confirmations, issues, mails, reasons_for_leaving, notes, changes }
  for (const [part, entries] of Object.entries(many))
    entries.forEach((entry, at) => add(`${part} ${at + 1}`, entry))
  if (no_mail) add('no mail', no_mail)
  return stringify(rows, {
    header: true,
    columns: ['part', 'name', 'value'],
    bom: true,
    escape_formulas: true,
  })
}

function asText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
