import type { Context } from '../../context.js'

/** The sentence that a sign-up form shows and that is kept word for word as evidence. */
export async function consentText({ db }: Pick<Context, 'db'>): Promise<string> {
  const sender = await db.selectFrom('organisation').select('name').where('id', '=', 1).executeTakeFirst()
  const name = sender?.name || 'The sender'
  return `I agree that ${name} sends me the newsletters I have chosen by e-mail. I can unsubscribe at any time with the link in every newsletter.`
}
