import type { Tx } from '../../db/database.js'
import type { Suppression } from '../../db/tables/suppression.js'
import type { Context } from '../context.js'
import { ConflictError, InvalidError } from '../errors.js'
import { recordAudit } from '../record-audit.js'
import type { KeyRing } from '../secrets.js'
import { takeUpAddress } from './former-addresses.js'
import { suppressionHashes } from './suppression-hash.js'

/** What a coordinator may take back: what a coordinator set, or a bounce of an address that works again. */
const LIFTABLE: readonly Suppression['reason'][] = ['manual', 'hard-bounce']

/** What ends by the person's own doing: they asked to come back and confirmed it from their mailbox. */
const LIFTED_BY_OWNER: readonly Suppression['reason'][] = ['erased', 'unsubscribe-all']

/** Of these, what a form may ask about: somebody erased has no link any more, and nobody else was promised that no sign-up brings a mail. */
const ASKED_BY_FORM: readonly Suppression['reason'][] = ['erased']

type About = Pick<Suppression, 'reason' | 'domain'>

/** Whether a coordinator may lift a suppression. */
export function isLiftable({ reason }: Pick<Suppression, 'reason'>): boolean {
  return LIFTABLE.includes(reason)
}

/** Whether the owner of the address may come back by a form or by their own preferences, which lifts it once they have confirmed; a whole domain is never theirs. */
export function mayComeBack({ reason, domain }: About, by: 'form' | 'preferences'): boolean {
  return domain === null && (by === 'form' ? ASKED_BY_FORM : LIFTED_BY_OWNER).includes(reason)
}

/** Whether a suppression ends when its owner confirms what was asked for at a moment: not when they said no later. */
export function isEndedBy(askedAt: Date, suppression: About & Pick<Suppression, 'created_at'>): boolean {
  return mayComeBack(suppression, 'preferences') && suppression.created_at <= askedAt
}

/** Why nobody here may lift a suppression, in a sentence; null where somebody may. */
export function liftingRefusal({ reason, domain }: About): string | null {
  if (isLiftable({ reason })) return null
  if (reason === 'complaint')
    return 'Somebody complained about mail to it. Writing again would harm them, and your good name.'
  if (domain !== null) return 'Its owner asked for no more mail at all.'
  return reason === 'erased'
    ? 'This person asked to be erased. They come back by signing up and confirming it themselves.'
    : 'This person asked for no more mail. They come back by the preference link of any mail they have had, and confirming it.'
}

/**
 * Lets mail to what is suppressed go again, and notes who did it and why. Throws `InvalidError` without a reason, `ConflictError` where the
 * person said no: a complaint, an unsubscription from everything or an erasure is never taken back by us.
 */
export async function liftSuppression(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, why, by }: { id: string; why: string; by: string | null },
): Promise<void> {
  const reason = why.trim()
  if (reason === '') throw new InvalidError({ why: 'Say why mail may go there again.' })
  await db.transaction().execute(async (tx) => {
    const lifted = await tx
      .deleteFrom('suppression')
      .where('id', '=', id)
      .where('reason', 'in', LIFTABLE)
      .returning(['reason', 'email_key', 'domain'])
      .executeTakeFirst()
    if (!lifted)
      throw new ConflictError('This is not suppressed any more, or only its owner can change that.')
    const subjectIds = [id, ...(await subscriberIds(tx, lifted.email_key))]
    const what = lifted.domain ? `${lifted.domain}, ` : ''
    const detail = `${what}${lifted.reason}: ${reason}`
    await recordAudit(tx, { action: 'lift-suppression', subjectIds, detail, by, now: clock.now() })
  })
}

/** Ends what only the owner of an address can end, up to the moment when they asked for what they have just confirmed. */
export async function liftByOwner(
  tx: Tx,
  keys: KeyRing,
  { emailKey, until }: { emailKey: string; until: Date },
): Promise<void> {
  await takeUpAddress(tx, emailKey)
  await tx
    .deleteFrom('suppression')
    .where('reason', 'in', LIFTED_BY_OWNER)
    .where('created_at', '<=', until)
    .where((eb) =>
      eb.or([eb('email_key', '=', emailKey), eb('address_hash', 'in', suppressionHashes(keys, emailKey))]),
    )
    .execute()
}

async function subscriberIds(tx: Tx, emailKey: string | null): Promise<string[]> {
  if (emailKey === null) return []
  const rows = await tx.selectFrom('subscriber').select('id').where('email_key', '=', emailKey).execute()
  return rows.map(({ id }) => id)
}
