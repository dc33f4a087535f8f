import type { Confirmation } from '../../db/tables/confirmation.js'
import { ConflictError, NotFoundError } from '../errors.js'
import { fillMessage, languageFor } from '../rendering/messages/language.js'
import { messagesFor } from '../rendering/messages/messages-for.js'
import { confirmationVersion, type Notice } from '../rendering/notice.js'
import { onlyKey } from '../secrets.js'
import { confirmationToken } from './confirmation-token.js'
import { requestsOf } from './find-confirmation.js'
import { isEndedBy } from './lift-suppression.js'
import { type PostNeeds, postNotice } from './mails/post-notice.js'
import type { SendConfirmationPayload } from './send-confirmation-job.js'
import { findSuppression } from './suppress-address.js'

export type AskedConfirmation = Confirmation & { email: string; emailKey: string; ownLanguage: string | null }

/**
 * Mails one confirmation link; a repeat carries the same link and Message-ID. One that is sent, used, expired or answered by another link is left
 * alone, and one whose address must not be written to any more ends.
 * Throws `NotFoundError`, `ConflictError` when the signing key is gone, and an `Error` to try again later.
 */
export async function sendConfirmation(
  ctx: PostNeeds,
  { confirmationId }: SendConfirmationPayload,
): Promise<void> {
  const now = ctx.clock.now()
  const asked = await askedConfirmation(ctx, confirmationId)
  if (asked.with_id || asked.sent_at || asked.used_at || asked.expires_at <= now) return
  const suppression = await findSuppression(ctx, asked.emailKey)
  if (suppression && !isEndedBy(asked.created_at, suppression))
    return noteConfirmation(ctx, asked.id, { expires_at: now })
  const { outcome, messageId } = await postConfirmation(ctx, asked, { id: `confirm.${asked.id}` })
  switch (outcome.kind) {
    case 'accepted':
    case 'unknown':
      return noteConfirmation(ctx, asked.id, {
        mail_message_id: messageId,
        sent_at: now,
        mail_language: languageOf(asked),
        template_version: confirmationVersion(languageOf(asked)),
      })
    case 'rejected':
      // The address does not take mail; an open row would be tried for ever.
      return noteConfirmation(ctx, asked.id, { expires_at: now })
    case 'deferred':
    case 'unavailable':
      throw new Error(
        `The confirmation could not be sent yet (${outcome.reply.stage}, ${outcome.reply.code}).`,
      )
  }
}

/** A confirmation with the address it goes to. Throws `NotFoundError`. */
export async function askedConfirmation(
  { db }: Pick<PostNeeds, 'db'>,
  id: string,
): Promise<AskedConfirmation> {
  const found = await db
    .selectFrom('confirmation')
    .innerJoin('subscriber', 'subscriber.id', 'confirmation.subscriber_id')
    .selectAll('confirmation')
    .select(['subscriber.email', 'subscriber.email_key as emailKey', 'subscriber.language as ownLanguage'])
    .where('confirmation.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new NotFoundError('There is no such confirmation.')
  return found
}

/** Mails the link of a confirmation in its reader's language, as a reminder too. Throws `ConflictError` when the signing key is gone. */
export async function postConfirmation(
  ctx: PostNeeds,
  asked: AskedConfirmation,
  { id, isReminder = false }: { id: string; isReminder?: boolean },
) {
  const ring = onlyKey(ctx.keys, asked.key_id)
  if (!ring) throw new ConflictError('The key that signed this confirmation has been retired.')
  const link = `${ctx.config.publicUrl}/confirmations/${confirmationToken(ring, asked.id)}`
  const requests = await requestsOf(ctx, asked)
  const named = await ctx.db
    .selectFrom('list')
    .select('name')
    .where(
      'id',
      'in',
      requests.flatMap(({ list_ids }) => list_ids),
    )
    .orderBy('name')
    .execute()
  const lists = named.map((list) => list.name)
  const consent = [...new Set(requests.map(({ consent_text }) => consent_text))].join('\n')
  const words = { link, lists, consent, isReminder, now: ctx.clock.now() }
  const write = (organisation: string) => confirmationNotice(asked, { ...words, organisation })
  return postNotice(ctx, { to: asked.email, id, write })
}

type Words = {
  organisation: string
  link: string
  lists: string[]
  consent: string
  isReminder: boolean
  now: Date
}

function confirmationNotice(asked: AskedConfirmation, words: Words): Notice {
  const { organisation, link, lists, consent, isReminder, now } = words
  const language = languageOf(asked)
  const { confirm, mails } = messagesFor(language)
  const hours = String(Math.ceil((asked.expires_at.getTime() - now.getTime()) / 3_600_000))
  const text = fillMessage(confirm.mailText, { organisation })
  return {
    language,
    subject: fillMessage(isReminder ? confirm.reminderSubject : confirm.mailSubject, {
      lists: lists.join(', '),
    }),
    preview: confirm.mailPreview,
    paragraphs: isReminder ? [confirm.reminderText, text] : [text],
    lists,
    button: { label: confirm.mailButton, link, hours: fillMessage(mails.linkHours, { hours }) },
    consent: { label: confirm.mailConsent, text: consent },
    after: [confirm.mailNotYou],
  }
}

function languageOf({ ownLanguage, language }: AskedConfirmation) {
  return languageFor(ownLanguage, language)
}

async function noteConfirmation(
  { db }: PostNeeds,
  id: string,
  change:
    | { mail_message_id: string; sent_at: Date; mail_language: string; template_version: string }
    | { expires_at: Date },
): Promise<void> {
  await db.updateTable('confirmation').set(change).where('id', '=', id).where('sent_at', 'is', null).execute()
}
