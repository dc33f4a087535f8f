import type { Context } from '../context.js'

/** Removes a feed; the news items that came from it stay. Again changes nothing. */
export async function removeFeed({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  await db.deleteFrom('feed').where('id', '=', id).execute()
}
