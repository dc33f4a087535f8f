import type { TemplateVersion } from '../../db/tables/template-version.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'

export type ListedVersion = Omit<TemplateVersion, 'source'> & { maker: string | null; characters: number }

/** The versions of a template that are kept, the latest first. */
export async function templateVersions({ db }: Pick<Context, 'db'>, id: string): Promise<ListedVersion[]> {
  return db
    .selectFrom('template_version as kept')
    .leftJoin('account', 'account.id', 'kept.made_by')
    .select(['template_id', 'version', 'kept.name', 'is_typed', 'made_by', 'begun_at', 'made_at'])
    .select(({ fn }) => ['account.name as maker', fn<number>('length', ['source']).as('characters')])
    .where('template_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
}

/** One version of a template; throws `NotFoundError`. */
export async function templateVersion(
  { db }: Pick<Context, 'db'>,
  id: string,
  version: number,
): Promise<TemplateVersion> {
  const found = await db
    .selectFrom('template_version')
    .selectAll()
    .where('template_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!found) throw new NotFoundError('This version is not kept any more.')
  return found
}
