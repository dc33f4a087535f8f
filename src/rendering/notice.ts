import { createHash } from 'node:crypto'
import { type CompiledEmail, compileEmail } from './compile-email.js'
import { readTemplate } from './mail-templates.js'
import type { Language } from './messages/language.js'
import { messagesFor } from './messages/messages-for.js'

/** A short mail to one reader in the words of their language; every part but the first four may be missing. */
export type Notice = {
  language: Language
  subject: string
  preview: string
  paragraphs: string[]
  lists?: string[]
  button?: { label: string; link: string; hours?: string }
  /** The words somebody agreed to, with what introduces them. */
  consent?: { label: string; text: string }
  after?: string[]
}

/** Who stands at the head and the foot of a notice. */
export type NoticeSender = { name: string; address: string; funding_statement: string }

/** The mail of a notice, with nothing in it that tells whether it is read. */
export async function compileNotice(notice: Notice, sender: NoticeSender): Promise<CompiledEmail> {
  const { mails } = messagesFor(notice.language)
  return compileEmail('notice', {
    ...notice,
    button: notice.button && { ...notice.button, fallback: mails.linkFallback },
    organisation: sender.name,
    postal: sender.address,
    funding: sender.funding_statement,
  })
}

/** Which look and words the confirmation mail has in a language, as 12 hexadecimal digits that change with any of them. */
export function confirmationVersion(language: Language): string {
  const { confirm, mails } = messagesFor(language)
  const parts = [readTemplate('emails/notice.mjml'), readTemplate('emails/notice.txt'), { confirm, mails }]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
