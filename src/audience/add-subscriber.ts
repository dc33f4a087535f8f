import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { type Address, parseAddress } from './address.js'
import { confirmOnLists } from './confirm-on-lists.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { FORMER_ADDRESS_REFUSAL, wasGivenUp } from './former-addresses.js'
import { hasLeft } from './has-left-sql.js'
import { recordConsent } from './record-consent.js'
import { checkedFields, filledFields } from './subscriber-fields.js'
import { isSuppressed } from './suppress-address.js'

export type NewSubscriber = {
  email: string
  /** By field key, such as FIRSTNAME. */
  fields?: Readonly<Record<string, string>>
  listIds: readonly string[]
  /** Where the consent comes from: kept as evidence. */
  note: string
  timeZone?: string
  /** As a BCP 47 tag; of somebody known it replaces what was known before, when it is given. */
  language?: string | null
}

/**
 * A coordinator adds somebody who agreed elsewhere: confirmed at once on the lists, and returns the id. Somebody known gets the
 * new fields and lists. Throws `InvalidError`, also for a suppressed address, one that
 * somebody has given up, and a list that the person has left.
 */
export async function addSubscriber(
  { db, clock, keys }: Pick<Context, 'db' | 'clock' | 'keys'>,
  input: NewSubscriber,
): Promise<string> {
  const address = parseAddress(input.email)
  if ('problem' in address) throw new InvalidError({ email: address.problem })
  if (input.note.trim() === '') throw new InvalidError({ note: 'Say where this person agreed to get mail.' })
  const now = clock.now()
  return db.transaction().execute((tx) => add(tx, { ...input, address, keys, now }))
}

type Addition = NewSubscriber & Pick<Context, 'keys'> & { address: Address; now: Date }

async function add(tx: Tx, addition: Addition): Promise<string> {
  const { address, keys, now } = addition
  const listIds = [...new Set(addition.listIds)]
  const fields = filledFields(await checkedFields(tx, addition.fields ?? {}))
  await checkLists(tx, listIds)
  const { id } = await ensureSubscriber(tx, address, { language: addition.language ?? null, now })
  if (await isSuppressed({ db: tx, keys }, address.key))
    throw new InvalidError({
      email: 'This address must not get mail: it is on the list of suppressed addresses.',
    })
  if (await wasGivenUp(tx, address.key)) throw new InvalidError({ email: FORMER_ADDRESS_REFUSAL })
  await tx
    .updateTable('subscriber')
    .set({
      fields: sql`fields || ${JSON.stringify(fields)}::jsonb`,
      ...(addition.timeZone ? { time_zone: addition.timeZone } : {}),
      ...(addition.language ? { language: addition.language } : {}),
    })
    .where('id', '=', id)
    .execute()
  const joined = await confirmOn(tx, id, { listIds, now })
  const consent = { subscriber_id: id, kind: 'added', channel: 'coordinator', occurred_at: now } as const
  await recordConsent(tx, { ...consent, note: addition.note.trim() }, joined)
  return id
}

async function confirmOn(
  tx: Tx,
  subscriberId: string,
  { listIds, now }: { listIds: readonly string[]; now: Date },
): Promise<string[]> {
  if (listIds.length === 0) return []
  const left = await tx
    .selectFrom('subscription')
    .innerJoin('list', 'list.id', 'subscription.list_id')
    .select('list.name')
    .where('subscriber_id', '=', subscriberId)
    .where('list_id', 'in', listIds)
    .where(sql<boolean>`${sql.raw(hasLeft('subscription'))}`)
    .executeTakeFirst()
  if (left)
    throw new InvalidError({
      lists: `This person has left “${left.name}” and can come back only by signing up and confirming it.`,
    })
  return confirmOnLists(tx, { subscriberId, listIds, by: 'add', now })
}

async function checkLists(tx: Tx, listIds: readonly string[]): Promise<void> {
  if (listIds.length === 0) return
  const found = await tx
    .selectFrom('list')
    .select('id')
    .where('id', 'in', listIds)
    .where('archived_at', 'is', null)
    .execute()
  if (found.length !== listIds.length)
    throw new InvalidError({ lists: 'One of these lists no longer exists.' })
}
