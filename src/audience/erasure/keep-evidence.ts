import type { KeptEvent } from '../../../db/tables/kept-evidence.js'
import { newId } from '../../../db/uuid.js'
import type { KeyRing } from '../../secrets.js'
import { listNameAt } from '../list-name-at.js'
import { suppressionHash } from '../suppression-hash.js'
import type { Erasing } from './erasing.js'

/** Where the settings ask for it, keeps what somebody had agreed to, findable only by who knows their address. Notes, which may name them, are left out. */
export async function keepEvidence(
  { tx, now, subscriberIds, emailKeys }: Erasing,
  keys: KeyRing,
): Promise<void> {
  const { evidence_months } = await tx
    .selectFrom('retention')
    .select('evidence_months')
    .executeTakeFirstOrThrow()
  if (evidence_months === 0 || subscriberIds.length === 0) return
  const rows = await tx
    .selectFrom('consent_event')
    .selectAll('consent_event')
    .select(listNameAt('consent_event.list_id', 'consent_event.occurred_at').as('list'))
    .where('subscriber_id', 'in', [...subscriberIds])
    .orderBy('occurred_at')
    .orderBy('consent_event.id')
    .execute()
  if (rows.length === 0) return
  const events = rows.map(
    (row): KeptEvent => ({
      kind: row.kind,
      list: row.list,
      channel: row.channel,
      consentText: row.consent_text,
      language: row.language,
      formId: row.form_id,
      formVersion: row.form_version,
      messageId: row.message_id,
      templateVersion: row.template_version,
      mailSentAt: row.mail_sent_at?.toISOString() ?? null,
      occurredAt: row.occurred_at.toISOString(),
    }),
  )
  await tx
    .insertInto('kept_evidence')
    .values({
      id: newId(now),
      address_hash: suppressionHash(keys[0], emailKeys[0]),
      key_id: keys[0].kid,
      events: JSON.stringify(events),
      erased_at: now,
    })
    .execute()
}
