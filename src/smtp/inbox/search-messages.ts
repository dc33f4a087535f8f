import type { MessageSummary } from './message-summary.js'

/** Keeps the messages whose addresses, sender or subject contain the words as typed, in any case; all of them for none. */
export function searchMessages(
  messages: readonly MessageSummary[],
  search: string,
): readonly MessageSummary[] {
  const wanted = search.trim().toLowerCase()
  if (!wanted) return messages
  return messages.filter(({ envelope, from, subject }) =>
    [...envelope.to, envelope.from, from, subject].some((text) => text.toLowerCase().includes(wanted)),
  )
}
