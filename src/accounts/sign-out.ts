import type { Context } from '../context.js'
import { hashOfToken } from './secret-token.js'

/** Ends a session; a second time does nothing. */
export async function signOut({ db }: Pick<Context, 'db'>, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashOfToken(token)).execute()
}
