import type { SubscriberMail } from '../../../db/tables/subscriber-mail.js'
import { fillMessage, type Language } from '../../rendering/messages/language.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'
import type { Notice } from '../../rendering/notice.js'
import { maskAddress } from '../address.js'
import { RETURN_DAYS } from './note-mail.js'

type Written = {
  kind: SubscriberMail['kind']
  language: Language
  organisation: string
  lists: string[]
  link: string | null
  email: string
}

/** For how many hours the links of such mails work. */
const LINK_HOURS = 24

/** The words of a short mail to one person. */
export function writeNotice({ kind, language, organisation, lists, link, email }: Written): Notice {
  const { mails } = messagesFor(language)
  const fill = (words: string) => fillMessage(words, { organisation, lists: lists.join(', ') })
  const hours = fillMessage(mails.linkHours, { hours: String(LINK_HOURS) })
  const said = (subject: string, text: string): Notice => ({
    language,
    subject: fill(subject),
    preview: fill(text),
    paragraphs: [fill(text)],
  })
  const linked = (label: string, isShortLived = true) =>
    link ? { button: { label, link, ...(isShortLived ? { hours } : {}) } } : {}
  switch (kind) {
    case 'welcome':
      return {
        ...said(mails.welcomeSubject, mails.welcomeText),
        ...{ lists, ...linked(mails.welcomeButton, false), after: [mails.welcomeAfter] },
      }
    case 'goodbye':
      return {
        ...said(mails.goodbyeSubject, mails.goodbyeText),
        ...{ lists, ...linked(mails.goodbyeButton, false), after: [mails.goodbyeAfter] },
      }
    case 'download':
      return {
        ...said(mails.downloadSubject, mails.downloadText),
        ...linked(mails.downloadButton),
        ...wary(mails),
      }
    case 'erase':
      return { ...said(mails.eraseSubject, mails.eraseText), ...linked(mails.eraseButton), ...wary(mails) }
    case 'address':
      return {
        ...said(mails.addressSubject, mails.addressText),
        ...linked(mails.addressButton),
        ...wary(mails),
      }
    case 'address-notice': {
      const text = fillMessage(mails.noticeText, { organisation, address: maskAddress(email) })
      const days = fillMessage(mails.linkDays, { days: String(RETURN_DAYS) })
      const button = link ? { button: { label: mails.noticeButton, link, hours: days } } : {}
      return { ...said(mails.noticeSubject, text), ...button, after: [mails.noticeNotYou] }
    }
  }
}

function wary({ notYou }: { notYou: string }) {
  return { after: [notYou] }
}
