import type { Context } from '../context.js'

export type SendingChange = {
  id: string
  action: string
  detail: string
  occurred_at: Date
  /** Null for the command line. */
  by: string | null
}

/** What changes how fast and when anything may leave. */
const ACTIONS = [
  'save-sending-settings',
  'limit-provider',
  'wake-provider',
  'wake-relay',
  'plan-warm-up',
  'end-warm-up',
]
const SHOWN = 6

/** Who changed the limits last, and how. */
export async function sendingChanges({ db }: Pick<Context, 'db'>): Promise<SendingChange[]> {
  return db
    .selectFrom('audit_entry')
    .leftJoin('account', 'account.id', 'audit_entry.account_id')
    .select(['audit_entry.id', 'action', 'detail', 'occurred_at', 'account.name as by'])
    .where('action', 'in', ACTIONS)
    .orderBy('occurred_at', 'desc')
    .orderBy('audit_entry.id', 'desc')
    .limit(SHOWN)
    .execute()
}
