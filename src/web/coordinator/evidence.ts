import type { Response } from 'express'
import { consentEvidence, type EvidenceStep } from '../../audience/consent-evidence.js'
import type { Context } from '../../context.js'
import { languageName } from '../../rendering/languages/language-tag.js'
import { renderPage } from '../page.js'
import { senderName } from '../subscriber/consent-text.js'

/** What somebody did, by kind of consent event. */
export const EVENT_WORDS = {
  requested: 'asked to join',
  confirmed: 'confirmed',
  added: 'was added to',
  withdrawn: 'left',
  'add-undone': 'was added to by mistake, which was taken back:',
  'tracking-allowed': 'allowed that reading habits are noted',
  'tracking-refused': 'refused that reading habits are noted',
  'address-changed': 'changed the address',
} as const

const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  form: 'sign-up form',
  preferences: 'own preference page',
  link: 'link in a mail, opened and confirmed by pressing a button',
  admin: 'a coordinator',
  page: 'unsubscribe or preference page',
  'one-click': 'unsubscribe button of the mail program (RFC 8058)',
  mailto: 'mail to the unsubscribe address',
  complaint: 'complaint to the mail provider',
}

/** Renders `/subscribers/:id/evidence`: the whole procedure of one person in order, to be printed or kept as PDF. */
export async function showEvidence(
  ctx: Pick<Context, 'db' | 'clock' | 'keys'>,
  res: Response,
  subscriberId: string,
): Promise<void> {
  const { subscriber, subscriptions, suppression, steps } = await consentEvidence(ctx, subscriberId)
  renderPage(res, 'coordinator/subscribers/evidence', {
    title: 'Evidence of consent',
    subscriber,
    subscriptions: subscriptions.map((one) => ({
      ...one,
      since: one.unsubscribed_at ?? one.confirmed_at ?? one.created_at,
    })),
    suppression,
    sender: await senderName(ctx, 'en'),
    printedAt: ctx.clock.now(),
    steps: steps.map(stepView),
  })
}

function stepView(entry: EvidenceStep) {
  const { at } = entry
  if (entry.step === 'event') return { at, ...eventView(entry.event) }
  const { confirmation, lists, step } = entry
  const about = lists.join(', ')
  if (step === 'reminder') return { at, about, words: 'The one reminder was sent' }
  if (step === 'expired') return { at, about, words: 'The link ran out without having been used' }
  return {
    at,
    about,
    words: 'The mail with the link to confirm was sent',
    language: languageName(confirmation.mail_language ?? confirmation.language),
    messageId: confirmation.mail_message_id,
    templateVersion: confirmation.template_version,
  }
}

function eventView(event: Extract<EvidenceStep, { step: 'event' }>['event']) {
  return {
    words: `The person ${EVENT_WORDS[event.kind]}`,
    about: event.listName,
    channel: CHANNEL_WORDS[event.channel] ?? event.channel,
    text: event.consent_text,
    language: event.language && languageName(event.language),
    note: event.note,
    form: event.form_id && { id: event.form_id, version: event.form_version },
    messageId: event.message_id,
    templateVersion: event.template_version,
    mailSentAt: event.mail_sent_at,
    issueId: event.issue_id,
    id: event.id,
  }
}
