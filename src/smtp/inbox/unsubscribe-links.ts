import type { ParsedMessage } from './parse-message.js'

/** The List-Unsubscribe field of a message (RFC 2369) and whether one click is offered (RFC 8058). */
export type UnsubscribeLinks = { links: string[]; isOneClick: boolean }

/** Reads the unsubscribe links of a message, in its order; null without the field. Nothing is opened. */
export function unsubscribeLinks({ headers }: Pick<ParsedMessage, 'headers'>): UnsubscribeLinks | null {
  const value = (name: string): string | undefined =>
    headers.find((header) => header.name.toLowerCase() === name)?.value
  const field = value('list-unsubscribe')
  if (field === undefined) return null
  const links = [...field.matchAll(/<([^<>]*)>/g)].map(([, link = '']) => link.replace(/\s+/g, ''))
  return {
    links,
    isOneClick: /^\s*List-Unsubscribe=One-Click\s*$/i.test(value('list-unsubscribe-post') ?? ''),
  }
}
