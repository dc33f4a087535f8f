import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { openMessageStore } from './message-store.js'
import type { Inbox } from './start-inbox.js'

/** Mail that was caught instead of sent and lies on disk. */
export type KeptMail = {
  /** Removes every mail to or about an address, given in its spellings, and says how many there were. */
  forget(spellings: readonly string[]): Promise<number>
}

/** The mail of the running inbox, or of one that ran here before there was a real mail server. */
export function openKeptMail(inbox: Inbox | null, directory: string): KeptMail {
  if (inbox) return { forget: (spellings) => inbox.forget(spellings) }
  const folder = join(directory, 'inbox')
  return {
    forget: async (spellings) => {
      const isThere = await access(folder).then(
        () => true,
        () => false,
      )
      if (!isThere) return 0
      const store = await openMessageStore({ folder, limit: Number.POSITIVE_INFINITY })
      return store.forget(spellings)
    },
  }
}
