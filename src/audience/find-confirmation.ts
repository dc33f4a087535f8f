import type { Confirmation } from '../../db/tables/confirmation.js'
import type { Context } from '../context.js'
import { ExpiredError, NotFoundError } from '../errors.js'
import { maskAddress } from './address.js'
import { hashToken, readConfirmationToken } from './confirmation-token.js'
import { isEndedBy } from './lift-suppression.js'
import { findSuppression } from './suppress-address.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>

export type ShownConfirmation = {
  maskedEmail: string
  /** `asked`: the link is to be answered; `on`: the person is on the lists; `off`: on none of them, since they left or must not be written to. */
  standing: 'asked' | 'on' | 'off'
  /** Those that wait for the answer, or that the person is on. */
  lists: string[]
  /** What they agree to, as it was shown. */
  consentTexts: { text: string; language: string }[]
  /** What is known of the language they read, the surest first. */
  languages: (string | null)[]
}

/** What a confirmation link is about and where its person stands now; changes nothing. Throws `NotFoundError`, `ExpiredError` (never for a used one). */
export async function findConfirmation(ctx: Needs, token: string): Promise<ShownConfirmation> {
  const confirmation = await confirmationOf(ctx, token)
  const requests = await requestsOf(ctx, confirmation)
  const { email, email_key, language } = await ctx.db
    .selectFrom('subscriber')
    .select(['email', 'email_key', 'language'])
    .where('id', '=', confirmation.subscriber_id)
    .executeTakeFirstOrThrow()
  const about = await ctx.db
    .selectFrom('subscription')
    .innerJoin('list', 'list.id', 'list_id')
    .select(['list.id', 'list.name', 'status'])
    .where('subscriber_id', '=', confirmation.subscriber_id)
    .where(
      'list_id',
      'in',
      requests.flatMap(({ list_ids }) => list_ids),
    )
    .orderBy('list.name')
    .execute()
  const suppression = await findSuppression(ctx, email_key)
  const waiting = about.filter(({ status }) => status === 'pending')
  const mayAnswer =
    confirmation.used_at === null && (!suppression || isEndedBy(confirmation.created_at, suppression))
  const isAsked = mayAnswer && waiting.length > 0
  const on = suppression ? [] : about.filter(({ status }) => status === 'confirmed')
  const asking = requests.filter(({ list_ids }) => waiting.some(({ id }) => list_ids.includes(id)))
  return {
    maskedEmail: maskAddress(email),
    standing: isAsked ? 'asked' : on.length > 0 ? 'on' : 'off',
    lists: (isAsked ? waiting : on).map(({ name }) => name),
    consentTexts: wordsOf(asking),
    languages: [language, confirmation.language],
  }
}

/** The words of requests, each once, with the language in which they were shown. */
function wordsOf(requests: readonly Confirmation[]): { text: string; language: string }[] {
  const words = new Map(requests.map(({ consent_text, language }) => [consent_text, language]))
  return [...words].map(([text, language]) => ({ text, language }))
}

/** Everything that the link of a confirmation answers: what it was mailed for, and what forms asked for since. */
export async function requestsOf(
  { db }: Pick<Context, 'db'>,
  { id }: Pick<Confirmation, 'id'>,
): Promise<Confirmation[]> {
  return db
    .selectFrom('confirmation')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', id), eb('with_id', '=', id)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
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
