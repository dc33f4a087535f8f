import type { Context } from '../context.js'
import type { RelayTrouble } from '../smtp/mailer.js'
import { storableText } from './settlement.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** Writes down that a relay rests and why, for the operators and for every other worker. */
export async function noteRelayTrouble(
  { db, clock }: Needs,
  { relay, reply, until }: RelayTrouble,
): Promise<void> {
  const state = {
    rests_until: until,
    stage: reply.stage,
    code: reply.code,
    text: storableText(reply.text),
    changed_at: clock.now(),
  }
  await db
    .insertInto('relay')
    .values({ name: relay, ...state })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(state))
    .execute()
}

/** Writes down that a relay takes mail again. */
export async function noteRelayRecovery({ db, clock }: Needs, relay: string): Promise<void> {
  await db
    .updateTable('relay')
    .set({ rests_until: null, stage: null, code: null, text: '', changed_at: clock.now() })
    .where('name', '=', relay)
    .execute()
}
