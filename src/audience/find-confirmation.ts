import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Context } from '../context.js'
import { ExpiredError, NotFoundError } from '../errors.js'
import { maskAddress } from './address.js'
import { hashToken, readConfirmationToken } from './confirmation-token.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>

export type ShownConfirmation = {
  maskedEmail: string
  lists: string[]
  isUsed: boolean
  /** What they agree to, as it was shown. */
  consentText: string
  /** In which it was shown. */
  consentLanguage: string
  /** What is known of the language they read, the surest first. */
  languages: (string | null)[]
}

/** What a confirmation link is about; changes nothing. Throws `NotFoundError`, `ExpiredError` (never for a used one). */
export async function findConfirmation(ctx: Needs, token: string): Promise<ShownConfirmation> {
  const confirmation = await confirmationOf(ctx, token)
  const subscriber = await ctx.db
    .selectFrom('subscriber')
    .select(['email', 'language'])
    .where('id', '=', confirmation.subscriber_id)
    .executeTakeFirstOrThrow()
  const named = await ctx.db
    .selectFrom('list')
    .select('name')
    .where('id', 'in', confirmation.list_ids)
    .orderBy('name')
    .execute()
  return {
    maskedEmail: maskAddress(subscriber.email),
    lists: named.map((list) => list.name),
    isUsed: confirmation.used_at !== null,
    consentText: confirmation.consent_text,
    consentLanguage: confirmation.language,
    languages: [subscriber.language, confirmation.language],
  }
}

/** The row behind a confirmation token. Throws `NotFoundError`, and `ExpiredError` when it ran out unused. */
export async function confirmationOf({ db, clock, keys }: Needs, token: string): Promise<Confirmation> {
  const id = readConfirmationToken(keys, token)
  const found = id
    ? await db
        .selectFrom('confirmation')
        .selectAll()
        .where('id', '=', id)
        .where('token_hash', '=', hashToken(token))
        .executeTakeFirst()
    : undefined
  if (!found) throw new NotFoundError('This link is not one of ours.')
  if (!found.used_at && found.expires_at <= clock.now())
    throw new ExpiredError('This link has run out. Please sign up again.')
  return found
}
