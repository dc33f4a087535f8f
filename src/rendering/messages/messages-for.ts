import { addressChange } from './address-change.js'
import { blocked } from './blocked.js'
import { confirm } from './confirm.js'
import type { Language } from './language.js'
import { leaveReasons } from './leave-reasons.js'
import { mails } from './mails.js'
import { ownData } from './own-data.js'
import { pages } from './pages.js'
import { preferences } from './preferences.js'
import { unsubscribe } from './unsubscribe.js'

/** Every namespace of the message catalogue; each is a file beside this one. */
export const CATALOGUES = {
  pages,
  confirm,
  preferences,
  unsubscribe,
  leaveReasons,
  ownData,
  addressChange,
  blocked,
  mails,
}

export type Messages = {
  readonly [Name in keyof typeof CATALOGUES]: (typeof CATALOGUES)[Name][Language]
}

/** All messages in one language, by namespace. */
export function messagesFor(language: Language): Messages {
  return {
    pages: pages[language],
    confirm: confirm[language],
    preferences: preferences[language],
    unsubscribe: unsubscribe[language],
    leaveReasons: leaveReasons[language],
    ownData: ownData[language],
    addressChange: addressChange[language],
    blocked: blocked[language],
    mails: mails[language],
  }
}
