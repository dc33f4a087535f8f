import type { Context } from '../../context.js'
import { fillMessage, type Language } from '../../rendering/messages/language.js'
import { messagesFor } from '../../rendering/messages/messages-for.js'

/** The sentence that a page shows where people join, and that is kept word for word as evidence. */
export async function consentText(ctx: Pick<Context, 'db'>, language: Language = 'en'): Promise<string> {
  const organisation = await senderName(ctx, language)
  return fillMessage(messagesFor(language).pages.consent, { organisation })
}

/** Who sends, as pages name it. */
export async function senderName({ db }: Pick<Context, 'db'>, language: Language): Promise<string> {
  const sender = await db.selectFrom('organisation').select('name').where('id', '=', 1).executeTakeFirst()
  return sender?.name || messagesFor(language).pages.theSender
}
