import PostalMime, { type Email } from 'postal-mime'

/** The header fields in which mail servers write whom a message was delivered to, the surest first. */
const RECIPIENT_FIELDS = ['x-original-to', 'envelope-to', 'delivered-to', 'to', 'cc']
const AUTOMATIC_SENDER = /^(mailer-daemon|postmaster|double-bounce)@/i

/**
 * The local parts that a message to the unsubscribe mailbox was written to. Null for what a program wrote by itself: answers of people who are
 * away, bounces (RFC 3834 §2, RFC 3464), and mail of lists.
 */
export async function readUnsubscribeMail(message: Uint8Array): Promise<string[] | null> {
  const mail = await PostalMime.parse(message)
  if (isAutomatic(mail)) return null
  const values = RECIPIENT_FIELDS.flatMap((name) => valuesOf(mail, name))
  return [
    ...new Set(
      values.flatMap((value) => [...value.matchAll(/([a-z0-9-]+)@/gi)].map((match) => match[1] ?? '')),
    ),
  ]
}

function isAutomatic(mail: Email): boolean {
  const value = (name: string) => valuesOf(mail, name)[0]?.trim().toLowerCase() ?? null
  const submitted = value('auto-submitted')
  return (
    (submitted !== null && !submitted.startsWith('no')) ||
    value('return-path') === '<>' ||
    AUTOMATIC_SENDER.test(mail.from?.address ?? '') ||
    /^multipart\/report\b/.test(value('content-type') ?? '') ||
    /^(bulk|junk|list|auto_reply)$/.test(value('precedence') ?? '') ||
    ['x-autoreply', 'x-autorespond', 'list-id'].some((name) => value(name) !== null)
  )
}

function valuesOf({ headers }: Email, name: string): string[] {
  return headers.filter(({ key }) => key === name).map(({ value }) => value)
}
