/** The words that stand for merge tags while a text is compiled, see `createMarks`. */
export const MARK_WORD = /m[0-9a-f]{20}q\d+z/g

/** A message about a text with its merge tags hidden, in words that its author has seen. */
export function withoutMarkWords(message: string): string {
  return message.replace(MARK_WORD, '{{…}}')
}
