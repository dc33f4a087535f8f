import type { Context } from '../context.js'

/** The keys of contacts that merge fields may name. */
export async function contactKeys({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const fields = await db.selectFrom('field').select('key').orderBy('key').execute()
  return ['EMAIL', ...fields.map(({ key }) => key)]
}
