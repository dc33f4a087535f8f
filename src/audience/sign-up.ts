import type { Tx } from '../../db/database.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { type Address, parseAddress } from './address.js'
import { ensureSubscriber } from './ensure-subscriber.js'
import { mayComeBack } from './lift-suppression.js'
import { publicLists } from './lists.js'
import { requestConfirmation } from './request-confirmation.js'
import { sendConfirmationJob } from './send-confirmation-job.js'
import { findSuppression } from './suppress-address.js'

export type SignUp = {
  email: string
  listIds: readonly string[]
  /** In which they want to read; null or left out: unknown. Of an address that is known it changes nothing. */
  readerLanguage?: string | null
  consentText: string
  /** The language of the consent text. */
  language: string
}

/**
 * Somebody asks to join public lists: `pending` until the mailed link is confirmed. Known, confirmed and suppressed addresses get
 * the same answer as new ones. Throws `InvalidError` with issues for `email` or `lists`.
 */
export async function signUp(
  { db, clock, queues, keys }: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  input: SignUp,
): Promise<void> {
  const address = parseAddress(input.email)
  const open = new Set((await publicLists({ db })).map((list) => list.id))
  const issues: Record<string, string> = {}
  if ('problem' in address) issues['email'] = address.problem
  if (input.listIds.length === 0) issues['lists'] = 'Choose at least one newsletter.'
  else if (!input.listIds.every((id) => open.has(id)))
    issues['lists'] = 'One of these newsletters can no longer be joined.'
  if ('problem' in address || Object.keys(issues).length > 0) throw new InvalidError(issues)
  const request = { ...input, address, keys, now: clock.now() }
  const confirmationId = await db.transaction().execute((tx) => ask(tx, request))
  if (confirmationId) await queues.enqueue(sendConfirmationJob, { confirmationId })
}

type Ask = SignUp & Pick<Context, 'keys'> & { address: Address; now: Date }

async function ask(tx: Tx, { address, keys, now, ...input }: Ask): Promise<string | null> {
  const suppression = await findSuppression({ db: tx, keys }, address.key)
  if (suppression && !mayComeBack(suppression)) return null
  const subscriberId = await ensureSubscriber(tx, address, { language: input.readerLanguage ?? null, now })
  return requestConfirmation(tx, { keys, now }, { ...input, subscriberId, channel: 'form' })
}
