import { sql } from 'kysely'
import { z } from 'zod'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Balance, Canary } from '../../db/tables/issue.js'
import { presentAudience } from './balance.js'

/** What a canary may allow when nobody says otherwise. */
export const CANARY_LIMIT_PERCENT = 5

const percent = (least: number, most: number, sentence: string) =>
  z
    .string()
    .trim()
    .transform((text) => text.replace(',', '.').replace(/\s*%$/, ''))
    .refine((text) => /^\d{1,3}(\.\d{1,2})?$/.test(text), sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence)

const Limit = percent(0, 100, 'Between 0 and 100 percent.')

/** Who gets an issue first, as a form says it; becomes a `Canary`, or null for everybody at once. */
export const CanaryForm = z
  .discriminatedUnion('canary', [
    z.object({ canary: z.literal('off') }),
    z.object({
      canary: z.literal('list'),
      canary_list: z.uuid('Choose the list that gets it first.'),
      canary_limit: Limit,
    }),
    z.object({
      canary: z.literal('percent'),
      canary_percent: percent(0.1, 50, 'Between 0.1 and 50 percent.'),
      canary_limit: Limit,
    }),
  ])
  .transform((form): Canary | null => {
    if (form.canary === 'off') return null
    if (form.canary === 'list')
      return { listId: form.canary_list, percent: null, limitPercent: form.canary_limit }
    return { listId: null, percent: form.canary_percent, limitPercent: form.canary_limit }
  })

/** What is wrong with a canary for an issue, by field: its list is gone, or nobody among the readers would get the issue first. */
export async function canaryProblems(
  db: DatabaseOrTx,
  { issueId, canary, now }: { issueId: string; canary: Canary | null; now: Date },
  balance: Balance,
): Promise<Record<string, string>> {
  if (!canary || balance.recipients === 0) return {}
  if (!canary.listId) {
    const few = Math.floor((balance.recipients * (canary.percent ?? 0)) / 100)
    if (few >= 1) return {}
    return { canary_percent: `That is less than one of ${balance.recipients} readers. Take a larger part.` }
  }
  const list = await db
    .selectFrom('list')
    .select('name')
    .where('id', '=', canary.listId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (!list) return { canary_list: 'This list is gone. Choose another one.' }
  if (await hasReaderOn(db, { issueId, listId: canary.listId, now })) return {}
  return {
    canary_list: `Nobody on “${list.name}” is among the readers of this issue. Add the list to the issue, or choose another one.`,
  }
}

async function hasReaderOn(
  db: DatabaseOrTx,
  { issueId, listId, now }: { issueId: string; listId: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    select from (${await presentAudience(db, issueId, now)}) person
    where confirmed and not suppressed and exists (
      select from subscription s
      where s.list_id = ${listId} and s.subscriber_id = person.subscriber_id and s.status = 'confirmed')
    limit 1`.execute(db)
  return rows.length > 0
}
