import { stringify } from 'csv-stringify/sync'
import type { Context } from '../context.js'
import { subscriberRecord } from './subscriber-record.js'

type Needs = Pick<Context, 'db' | 'keys'>

/** All that is kept about one person, as they may take it with them (GDPR articles 15 and 20). */
export type PersonalData = Awaited<ReturnType<typeof personalData>>

/** Gathers all that is kept about one person. Throws `NotFoundError`. */
export async function personalData({ db, keys }: Needs, subscriberId: string) {
  const { subscriber, subscriptions, events, suppression, former } = await subscriberRecord(
    { db, keys },
    subscriberId,
  )
  const deliveries = await db
    .selectFrom('delivery')
    .innerJoin('issue', 'issue.id', 'delivery.issue_id')
    .select(['issue.title', 'delivery.status', 'delivery.finished_at as at'])
    .where('delivery.subscriber_id', '=', subscriberId)
    .orderBy('delivery.finished_at')
    .execute()
  const reasons = await db
    .selectFrom('leave_reason')
    .select(['reason', 'note', 'created_at as at'])
    .where('subscriber_id', '=', subscriberId)
    .execute()
  const confirmations = await db
    .selectFrom('confirmation')
    .select(['created_at as asked_at', 'sent_at', 'reminded_at', 'used_at as confirmed_at', 'expires_at'])
    .where('subscriber_id', '=', subscriberId)
    .orderBy('created_at')
    .execute()
  const { email, fields, language, time_zone, created_at, snoozed_until, tracking_consent } = subscriber
  return {
    address: email,
    former_addresses: former.map((one) => one.email),
    language,
    time_zone,
    since: created_at,
    rests_until: snoozed_until,
    tracking_allowed: tracking_consent === true,
    fields,
    newsletters: subscriptions.map(
      ({ listName: name, status, created_at, confirmed_at, unsubscribed_at }) => ({
        ...{ name, status, since: created_at, confirmed_at, unsubscribed_at },
      }),
    ),
    consent: events
      .map(({ listName: newsletter, kind, channel, consent_text, language, note, occurred_at: at }) => ({
        ...{ at, kind, newsletter, channel, text: consent_text, language, note },
      }))
      .reverse(),
    confirmations,
    issues: deliveries,
    reasons_for_leaving: reasons,
    no_mail: suppression ? { reason: suppression.reason, since: suppression.created_at } : null,
  }
}

/** The same as rows of a spreadsheet: what it belongs to, its name, its value. Values that a spreadsheet would run as formulas are made harmless. */
export function personalDataCsv(data: PersonalData): string {
  const rows: string[][] = []
  const add = (part: string, values: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(values)) rows.push([part, name, asText(value)])
  }
  const { fields, no_mail, newsletters, consent, confirmations, issues, reasons_for_leaving, ...own } = data
  add('person', own)
  add('fields', fields)
  const many = { newsletters, consent, confirmations, issues, reasons_for_leaving }
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
  return value === null || value === undefined ? '' : String(value)
}
